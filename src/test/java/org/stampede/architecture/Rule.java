package org.stampede.architecture;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The import table: which package may know what. Each rule is a function of the root package, so that it can be held
 * against the product and against the small classes under {@code offenders} that break it. Immutable.
 */
enum Rule {
    STOMP_IMPORTS_ONLY_THE_JDK(root -> importsOnlyTheJdk(root + ".stomp.."), "stomp.ImportsJakarta"),

    DESTINATION_IMPORTS_ONLY_THE_JDK(root -> importsOnlyTheJdk(root + ".destination.."), "destination.ImportsStomp"),

    MESSAGING_IMPORTS_NO_OTHER_PACKAGE_OF_OURS(
            root -> noClasses()
                    .that()
                    .resideInAPackage(root + ".messaging..")
                    .should()
                    .dependOnClassesThat(oursOutside(root, ".messaging..")),
            "messaging.ImportsTransport"),

    ONLY_WEBSOCKET_IMPORTS_JAKARTA_WEBSOCKET(
            root -> noClasses()
                    .that(oursOutside(root, ".websocket.."))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("jakarta.websocket.."),
            "server.ImportsWebSocket"),

    ONLY_TCP_IMPORTS_NETTY(
            root -> noClasses()
                    .that(oursOutside(root, ".tcp.."))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.netty.."),
            "broker.embedded.ImportsNetty"),

    SESSION_IMPORTS_NO_CONTAINER(
            root -> noClasses()
                    .that()
                    .resideInAPackage(root + ".session..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("jakarta.."),
            "session.ImportsCdi"),

    SESSION_HAS_NO_THREADS(
            root -> noClasses()
                    .that()
                    .resideInAPackage(root + ".session..")
                    .should(dependOnClassesThat(makingThreads())),
            "session.StartsAThread"),

    SESSION_LEAVES_THE_COMMON_POOL_ALONE(
            root -> noClasses().that().resideInAPackage(root + ".session..").should(callMethodWhere(borrowsAThread())),
            "session.UsesTheCommonPool"),

    TIME_IS_A_PARAMETER_BELOW_SERVER(
            root -> noClasses()
                    .that()
                    .resideInAnyPackage(under(root, "stomp", "destination", "messaging", "transport", "security"))
                    .or()
                    .resideInAnyPackage(under(root, "broker", "session", "dispatch"))
                    .should(readAClock()),
            "session.ReadsAClock"),

    CLIENT_NEEDS_NO_SERVER(
            root -> noClasses()
                    .that()
                    .resideInAPackage(root + ".client..")
                    .should(dependOnClassesThat(resideInAPackage("jakarta..")
                            .and(DescribedPredicate.not(resideInAPackage("jakarta.json..")))
                            .as("belong to Jakarta EE other than JSON"))),
            "client.ImportsCdi"),

    SAMPLE_IMPORTS_ONLY_PUBLIC_PACKAGES(
            root -> noClasses()
                    .that()
                    .resideInAPackage(root + ".stocks..")
                    .should()
                    .dependOnClassesThat(oursOutside(root, ".stocks..", ".messaging..", ".security..")),
            "stocks.ImportsTransport"),

    // The library jar leaves the sample out.
    NOTHING_IMPORTS_THE_SAMPLE(
            root -> noClasses()
                    .that(oursOutside(root, ".stocks.."))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(root + ".stocks.."),
            "server.ImportsTheSample"),

    EVERY_PACKAGE_STANDS_ON_A_FLOOR(
            root -> classes()
                    .that()
                    .resideInAPackage(root + "..")
                    .should()
                    .resideInAnyPackage(
                            Floor.ALL.stream().flatMap(floor -> floor.in(root)).toArray(String[]::new)),
            "attic.StandsOnNoFloor"),

    NO_ARROW_UPWARDS(Rule::noArrowUpwards, "transport.ImportsServer"),

    NO_CYCLES(
            root -> slices().matching(root + ".(**)").should().beFreeOfCycles(), "broker.embedded.ImportsItsNeighbour");

    private final Function<String, ArchRule> rule;
    private final String offender;

    Rule(Function<String, ArchRule> rule, String offender) {
        this.rule = rule;
        this.offender = offender;
    }

    /** The rule for the packages under {@code root}; content when a package does not exist. */
    ArchRule in(String root) {
        return rule.apply(root).allowEmptyShould(true);
    }

    /** The class under {@code offenders} that breaks this rule. */
    String offender() {
        return offender;
    }

    private static ArchRule importsOnlyTheJdk(String packages) {
        return classes()
                .that()
                .resideInAPackage(packages)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify.annotations..", packages);
    }

    private static DescribedPredicate<JavaClass> oursOutside(String root, String... packages) {
        String[] excepted = Stream.of(packages).map(root::concat).toArray(String[]::new);
        return resideInAPackage(root + "..")
                .and(DescribedPredicate.not(resideInAnyPackage(excepted)))
                .as("reside in '%s..' outside %s", root, List.of(packages));
    }

    private static String[] under(String root, String... packages) {
        return Stream.of(packages).map(name -> root + "." + name + "..").toArray(String[]::new);
    }

    private static DescribedPredicate<JavaClass> makingThreads() {
        return assignableTo(Thread.class)
                .or(assignableTo(Executors.class))
                .or(assignableTo(ThreadPoolExecutor.class))
                .or(assignableTo(ForkJoinPool.class))
                .or(assignableTo(Timer.class))
                .as("make threads");
    }

    private static DescribedPredicate<JavaMethodCall> borrowsAThread() {
        return DescribedPredicate.describe("a CompletableFuture borrows a thread of the common pool", call -> {
            boolean named = call.getTargetOwner().isAssignableTo(CompletableFuture.class)
                    || call.getTargetOwner().getName().equals("java.util.concurrent.CompletionStage");
            boolean given = call.getTarget().getRawParameterTypes().stream()
                    .anyMatch(parameter -> parameter.isEquivalentTo(Executor.class));
            boolean async = call.getName().endsWith("Async") && !given;
            return named && (async || call.getName().matches("delayedExecutor|orTimeout|completeOnTimeout"));
        });
    }

    private static ArchCondition<JavaClass> readAClock() {
        DescribedPredicate<HasName> tells = DescribedPredicate.describe(
                "tells the time", method -> method.getName().matches("now|nanoTime|currentTimeMillis|(system|tick).*"));
        DescribedPredicate<JavaClass> clock = assignableTo(System.class)
                .or(assignableTo(Clock.class))
                .or(resideInAPackage("java.time.."))
                .as("a clock");
        return accessTargetWhere(target(tells).and(target(owner(clock))).as("a clock is read"))
                .or(dependOnClassesThat(assignableTo(Date.class).as("are java.util.Date")));
    }

    private static ArchRule noArrowUpwards(String root) {
        return IntStream.range(0, Floor.ALL.size() - 1)
                .mapToObj(floor -> noClasses()
                        .that()
                        .resideInAnyPackage(Floor.ALL.get(floor).in(root).toArray(String[]::new))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(Floor.ALL.stream()
                                .skip(floor + 1L)
                                .flatMap(above -> above.in(root))
                                .toArray(String[]::new))
                        .allowEmptyShould(true))
                .map(ArchRule.class::cast)
                .reduce((one, other) -> CompositeArchRule.of(one).and(other))
                .orElseThrow();
    }
}
