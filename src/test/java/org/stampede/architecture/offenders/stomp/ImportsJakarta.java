package org.stampede.architecture.offenders.stomp;

import jakarta.json.JsonValue;

class ImportsJakarta {
    JsonValue value = JsonValue.NULL;
}
