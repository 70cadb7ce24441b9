package org.stampede.broker.relay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.stampede.tcp.TcpAddress;
import org.stampede.testing.Ports;

/**
 * RabbitMQ as Debian has it ({@code apt-get install rabbitmq-server}), as processes of its own, with all its files in one directory.
 */
final class RabbitMqBroker implements RealBroker {

    private static final Path PROGRAMS = Path.of("/usr/lib/rabbitmq/bin");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path directory;
    private final int port = Ports.free();
    private final int clusterPort = Ports.free();
    private final int amqpPort = Ports.free();
    private final String node = "stampede-" + port + "@localhost";
    private Optional<Process> server = Optional.empty();

    RabbitMqBroker(Path directory) {
        this.directory = directory;
    }

    /** Whether it can be started here. */
    static boolean isInstalled() {
        return Files.isExecutable(PROGRAMS.resolve("rabbitmq-server"));
    }

    @Override
    public BrokerProfile profile() {
        return BrokerProfile.RABBITMQ;
    }

    @Override
    public TcpAddress address() {
        return new TcpAddress("127.0.0.1", port);
    }

    private ProcessBuilder program(String name, String... arguments) {
        var command = new ArrayList<>(List.of(PROGRAMS.resolve(name).toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "HOME", directory.toString(),
                        "RABBITMQ_NODENAME", node,
                        "RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1",
                        "RABBITMQ_NODE_PORT", String.valueOf(amqpPort),
                        "RABBITMQ_DIST_PORT", String.valueOf(clusterPort),
                        "RABBITMQ_MNESIA_BASE", directory.resolve("data").toString(),
                        "RABBITMQ_LOG_BASE", directory.resolve("log").toString(),
                        "RABBITMQ_ENABLED_PLUGINS_FILE",
                                directory.resolve("plugins").toString(),
                        "RABBITMQ_CONFIG_FILE",
                                directory.resolve("rabbitmq.conf").toString(),
                        "RABBITMQ_PID_FILE", directory.resolve("pid").toString()));
        return builder;
    }

    @Override
    public void start() throws Exception {
        Files.writeString(directory.resolve("plugins"), "[rabbitmq_stomp].\n");
        Files.writeString(directory.resolve("rabbitmq.conf"), "stomp.listeners.tcp.1 = 127.0.0.1:" + port + "\n");
        Path output = directory.resolve("output");
        server = Optional.of(
                program("rabbitmq-server").redirectOutput(output.toFile()).start());
        Awaitility.await("RabbitMQ, see " + output)
                .atMost(PATIENCE)
                .until(() -> run("rabbitmqctl", "await_startup").isPresent());
    }

    /** What a program says; empty if it fails. */
    private Optional<String> run(String name, String... arguments) throws IOException, InterruptedException {
        Process process = program(name, arguments).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return process.exitValue() == 0 ? Optional.of(said) : Optional.empty();
    }

    @Override
    public void kill() throws Exception {
        for (Process process : server.stream().toList()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }

    @Override
    public int subscriptions(String topic) throws Exception {
        String key = topic.substring("/topic/".length());
        return (int) lines("list_bindings", "source_name", "routing_key")
                .filter(line -> line.equals("amq.topic\t" + key))
                .count();
    }

    private java.util.stream.Stream<String> lines(String command, String... columns) throws Exception {
        var arguments = new ArrayList<>(List.of("--quiet", "--no-table-headers", command));
        arguments.addAll(List.of(columns));
        return run("rabbitmqctl", arguments.toArray(String[]::new))
                .orElseThrow()
                .lines();
    }

    @Override
    public List<String> queues() throws Exception {
        return lines("list_queues", "name").sorted().toList();
    }

    @Override
    public void close() throws Exception {
        kill();
    }
}
