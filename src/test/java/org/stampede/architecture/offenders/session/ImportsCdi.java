package org.stampede.architecture.offenders.session;

import jakarta.enterprise.event.Event;

record ImportsCdi(Event<String> event) {}
