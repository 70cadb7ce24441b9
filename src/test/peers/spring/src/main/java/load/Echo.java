package load;

/** What is sent back as it came. */
public record Echo(long t, String text) {}
