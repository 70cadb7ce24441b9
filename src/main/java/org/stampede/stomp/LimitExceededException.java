package org.stampede.stomp;

/** A peer sent, or asked for, more than a limit allows (STOMP 1.2, section Size Limits). */
public final class LimitExceededException extends StompException {

    private static final long serialVersionUID = 1L;

    /**
     * @param what    what is limited, for example {@code body}
     * @param limit   how much is allowed
     * @param unit    of what, for example {@code octets}
     * @param setting the setting that holds the limit, for example {@code stampede.limit.body}
     */
    public LimitExceededException(String what, long limit, String unit, String setting) {
        super(
                "Limit exceeded: " + what,
                "The limit for " + what + " is " + limit + " " + unit + " (setting " + setting + ").");
    }
}
