package org.stampede.architecture.offenders.session;

import java.util.function.LongSupplier;

class ReadsAClock {
    final LongSupplier clock = System::nanoTime;
}
