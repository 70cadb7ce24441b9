package org.stampede.testing.server;

import fish.payara.micro.PayaraMicro;
import fish.payara.micro.PayaraMicroRuntime;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Runs inside Payara Micro: starts it, takes orders from the standard input, a line each with tabs between the words, and answers
 * by lines of the log. Ends the server when there are no more orders, so that none outlives its test. Needs no other class of the
 * tests, since none of them is there.
 */
final class MicroServer {

    private static final String NAME = "MicroServer";
    private static final String DATABASE = "resources.jdbc-connection-pool.H2Pool.property.URL=";

    private MicroServer() {}

    /** The line by which an order is answered. */
    static Pattern answer(String outcome, String application) {
        return Pattern.compile(Pattern.quote(NAME + ": " + outcome + " " + application) + "$");
    }

    /**
     * Starts the server.
     *
     * @param arguments the HTTP port, and the database of the default data source
     */
    public static void main(String[] arguments) throws Exception {
        // As java -jar does; in nested jars the server would not see what Yasson has for records.
        PayaraMicro.unpackJars();
        PayaraMicroRuntime server = PayaraMicro.getInstance()
                .setHttpPort(Integer.parseInt(arguments[0]))
                .setNoCluster(true)
                .setPreBootHandler(commands -> commands.run("set", DATABASE + arguments[1]))
                .bootStrap();
        say("ready", "");
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            obey(server, order.split("\t"));
        }
        System.exit(0);
    }

    private static void obey(PayaraMicroRuntime server, String[] order) {
        String application = order[1];
        if (order[0].equals("deploy")) {
            say(server.deploy(application, order[2], new File(order[3])) ? "deployed" : "refused", application);
        } else {
            server.undeploy(application);
            say("undeployed", application);
        }
    }

    private static void say(String outcome, String application) {
        System.out.println("\n" + NAME + ": " + outcome + " " + application);
    }
}
