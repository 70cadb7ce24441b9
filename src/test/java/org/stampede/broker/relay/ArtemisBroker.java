package org.stampede.broker.relay;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.postoffice.impl.LocalQueueBinding;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;
import org.stampede.tcp.TcpAddress;
import org.stampede.testing.Ports;

/** ActiveMQ Artemis in this process. */
public final class ArtemisBroker implements RealBroker {

    /** Whom it lets in: the passcodes of users, who may do everything with destinations whose names begin with theirs. */
    record Guard(Map<String, String> passcodes) {

        private void protect(ConfigurationImpl configuration, EmbeddedActiveMQ server) {
            var users = new SecurityConfiguration();
            passcodes.forEach((user, passcode) -> {
                users.addUser(user, passcode);
                users.addRole(user, user);
            });
            configuration.setSecurityEnabled(true);
            configuration.putSecurityRoles("#", Set.of(all(SYSTEM)));
            passcodes.keySet().stream()
                    .filter(user -> !user.equals(SYSTEM))
                    .forEach(user -> configuration.putSecurityRoles(user + ".#", Set.of(all(SYSTEM), all(user))));
            server.setSecurityManager(new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), users));
        }

        private static Role all(String user) {
            return new Role(user, true, true, true, true, true, true, false, true, true, true, false, false);
        }
    }

    /** Who may do everything everywhere, if he is one of the users. */
    static final String SYSTEM = "stampede";

    private final Path directory;
    private final int port = Ports.free();
    /** What the acceptor is told besides. */
    private final String options;

    private final Optional<Guard> guard;
    private EmbeddedActiveMQ server = new EmbeddedActiveMQ();

    public ArtemisBroker(Path directory) {
        this(directory, "", Optional.empty());
    }

    /** One that lets not everybody in. */
    ArtemisBroker(Path directory, String options, Optional<Guard> guard) {
        this.directory = directory;
        this.options = options;
        this.guard = guard;
    }

    @Override
    public BrokerProfile profile() {
        return BrokerProfile.ARTEMIS;
    }

    @Override
    public TcpAddress address() {
        return new TcpAddress("127.0.0.1", port);
    }

    @Override
    public void start() throws Exception {
        var dead = SimpleString.of("DLQ");
        var configuration = new ConfigurationImpl()
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .setJournalType(JournalType.NIO)
                .setJournalFileSize(1 << 20)
                .setJournalMinFiles(2)
                .setJournalDirectory(directory.resolve("journal").toString())
                .setBindingsDirectory(directory.resolve("bindings").toString())
                .setPagingDirectory(directory.resolve("paging").toString())
                .setLargeMessagesDirectory(directory.resolve("large").toString())
                .addAddressSetting("#", new AddressSettings().setDeadLetterAddress(dead))
                .addAcceptorConfiguration("stomp", "tcp://127.0.0.1:" + port + "?protocols=STOMP" + options);
        server = new EmbeddedActiveMQ().setConfiguration(configuration);
        guard.ifPresent(some -> some.protect(configuration, server));
        server.start();
    }

    @Override
    public void kill() throws Exception {
        ((ActiveMQServerImpl) server.getActiveMQServer()).fail(false);
    }

    /** How many connections it has. */
    int connections() {
        return server.getActiveMQServer().getConnectionCount();
    }

    /** How many messages its queues have taken so far, those behind subscriptions included. */
    long routed() {
        return server.getActiveMQServer().getTotalMessagesAdded();
    }

    @Override
    public int subscriptions(String topic) throws Exception {
        return (int) bindings()
                .filter(binding -> binding.getAddress()
                        .toString()
                        .equals(topic.substring(1).replaceFirst("/", ".")))
                .count();
    }

    @Override
    public List<String> queues() {
        return bindings()
                .map(binding -> binding.getQueue().getName().toString())
                .sorted()
                .toList();
    }

    private Stream<LocalQueueBinding> bindings() {
        return server.getActiveMQServer()
                .getPostOffice()
                .getAllBindings()
                .filter(LocalQueueBinding.class::isInstance)
                .map(LocalQueueBinding.class::cast);
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
