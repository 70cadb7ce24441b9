package org.stampede.dispatch;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a class logs while this is open; it goes nowhere else. Thread-safe. */
public final class RecordedLog extends Handler implements AutoCloseable {

    /** Kept, since the log manager does not. */
    private final Logger logger;

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    public RecordedLog(Class<?> source) {
        logger = Logger.getLogger(source.getName());
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    /** Lets finer entries be recorded than the logger would let pass. */
    void listenTo(Level level) {
        logger.setLevel(level);
    }

    public List<LogRecord> records() {
        return records;
    }

    @Override
    public void publish(LogRecord entry) {
        records.add(entry);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.setLevel(null);
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
