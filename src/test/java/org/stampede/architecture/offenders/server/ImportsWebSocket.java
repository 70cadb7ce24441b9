package org.stampede.architecture.offenders.server;

import jakarta.websocket.Session;

record ImportsWebSocket(Session session) {}
