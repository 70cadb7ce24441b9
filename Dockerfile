# Builds the WAR and serves it with a server: payara (Payara Micro), wildfly or liberty (Open Liberty).
#   docker build -t stampede .
#   docker build -t stampede --build-arg SERVER=wildfly .
#   docker run --rm -p 8080:8080 stampede
ARG SERVER=payara

FROM docker.io/library/maven:3.9-eclipse-temurin-17 AS build
ARG SERVER
WORKDIR /build
COPY .mvn .mvn
COPY pom.xml LICENSE ./
COPY src src
# `mvn verify` has run the tests; here only the WAR and the server are wanted. /server is what the image gets of them.
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp -P$SERVER -Dmaven.test.skip=true package \
    && mkdir /server \
    && case $SERVER in \
        payara) mvn -B -ntp dependency:copy@server \
            && mv target/server/payara-micro.jar target/stampede.war src/main/payara/preboot /server;; \
        wildfly) mv .servers/wildfly-*/* /server \
            && mv target/stampede.war /server/standalone/deployments/ROOT.war \
            && mv src/main/wildfly/stampede.yml /server;; \
        liberty) mv .servers/openliberty-*/wlp/* /server \
            && mkdir -p /server/usr/servers/stampede/apps \
            && mv target/stampede.war /server/usr/servers/stampede/apps \
            && cp src/main/liberty/config/server.xml /server/usr/servers/stampede \
            && mkdir -p /server/usr/shared/resources \
            && cp target/liberty-run/shared/resources/h2.jar /server/usr/shared/resources;; \
    esac

FROM docker.io/library/eclipse-temurin:17-jre AS base
LABEL org.opencontainers.image.title="Stampede" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN groupadd --gid 10001 stampede && useradd --uid 10001 --gid stampede --create-home --home-dir /stampede stampede
WORKDIR /stampede
COPY --from=build --chown=10001:10001 /server ./
USER 10001
EXPOSE 8080
# More flags for the JVM go into JAVA_TOOL_OPTIONS, more options for the server behind the name of the image.
ENV JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=70 -XX:+ExitOnOutOfMemoryError"
# The port is open before the application is there, so the answer counts, not the connection. The image has no curl to rely on.
HEALTHCHECK --interval=10s --timeout=3s --start-period=90s --retries=3 CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/8080; printf 'GET / HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3; read -r status <&3; [[ $status == *' 200 '* ]]"]

FROM base AS payara
ENTRYPOINT ["java", "-jar", "payara-micro.jar", \
    "--deploy", "stampede.war", "--contextroot", "/", "--noCluster", "--nohostaware", "--disablephonehome", \
    "--rootdir", "data", "--prebootcommandfile", "preboot"]

FROM base AS wildfly
# Not the heap that its start script would set. The script passes SIGTERM on.
ENV JAVA_OPTS="-Djava.net.preferIPv4Stack=true -Djava.awt.headless=true" LAUNCH_JBOSS_IN_BACKGROUND=true
ENTRYPOINT ["bin/standalone.sh", "-b", "0.0.0.0", "--yaml=/stampede/stampede.yml"]

FROM base AS liberty
ENTRYPOINT ["bin/server", "run", "stampede"]

FROM $SERVER
