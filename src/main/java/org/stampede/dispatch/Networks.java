package org.stampede.dispatch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** What counts as one address where addresses are counted. Stateless. */
public final class Networks {

    /** What is read as an address, so that no name is looked up. */
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]+");

    private static final int NETWORK_OCTETS = 8;

    private Networks() {}

    /** An address of IPv4 itself; of IPv6 its network, since one customer has a whole one; anything else itself. */
    public static String of(String address) {
        if (address.indexOf(':') < 0 || !IPV6.matcher(address).matches()) {
            return address;
        }
        try {
            byte[] octets = InetAddress.getByName(address).getAddress();
            return HexFormat.of().formatHex(octets, 0, Math.min(NETWORK_OCTETS, octets.length));
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
