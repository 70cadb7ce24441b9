package org.stampede.dispatch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/** Remembers for a while where failed logins came from. Thread-safe. */
final class FailedLogins {

    /** Beyond that the addresses that have been quiet for the longest time are forgotten. */
    static final int MOST_ADDRESSES = 10_000;

    /** What is read as an address, so that no name is looked up. */
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]+");

    private final LoginLimits limits;
    private final LongSupplier nanoTime;
    /** Address to when its latest failures were; the address that failed last is last. Guarded by this. */
    private final Map<String, Deque<Long>> failures = new LinkedHashMap<>();

    FailedLogins(LoginLimits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    /** Whether an address has failed so often that it must wait. */
    synchronized boolean tooMany(String address) {
        var times = failures.get(place(address));
        if (times == null) {
            return false;
        }
        long now = nanoTime.getAsLong();
        while (!times.isEmpty() && now - times.getFirst() >= limits.window().toNanos()) {
            times.removeFirst();
        }
        return times.size() >= limits.failures();
    }

    /** Notes a failure. */
    synchronized void add(String address) {
        String place = place(address);
        var removed = failures.remove(place);
        Deque<Long> times = removed == null ? new ArrayDeque<>() : removed;
        times.addLast(nanoTime.getAsLong());
        if (times.size() > limits.failures()) {
            times.removeFirst();
        }
        failures.put(place, times);
        if (failures.size() > MOST_ADDRESSES) {
            failures.remove(failures.keySet().iterator().next());
        }
    }

    /** One customer has a whole network of IPv6 addresses, of which the first eight octets are the same. */
    private static String place(String address) {
        if (address.indexOf(':') < 0 || !IPV6.matcher(address).matches()) {
            return address;
        }
        try {
            byte[] octets = InetAddress.getByName(address).getAddress();
            return HexFormat.of().formatHex(octets, 0, Math.min(8, octets.length));
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
