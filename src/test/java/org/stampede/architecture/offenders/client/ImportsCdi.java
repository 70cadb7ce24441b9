package org.stampede.architecture.offenders.client;

import jakarta.enterprise.event.Event;

record ImportsCdi(Event<String> event) {}
