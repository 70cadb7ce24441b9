package org.stampede.architecture.offenders.attic;

record StandsOnNoFloor() {}
