# Builds the WAR and serves it with Payara Micro:
#   docker build -t stampede .
#   docker run --rm -p 8080:8080 stampede

FROM docker.io/library/maven:3.9-eclipse-temurin-17 AS build
WORKDIR /build
COPY .mvn .mvn
COPY pom.xml LICENSE ./
COPY src src
# `mvn verify` has run the tests; here only the WAR and the server's jar are wanted.
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp -Dmaven.test.skip=true package dependency:copy@server

FROM docker.io/library/eclipse-temurin:17-jre
LABEL org.opencontainers.image.title="Stampede" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN groupadd --gid 10001 stampede && useradd --uid 10001 --gid stampede --create-home --home-dir /stampede stampede
WORKDIR /stampede
COPY --from=build /build/target/server/payara-micro.jar /build/target/stampede.war ./
USER 10001
EXPOSE 8080
# The port is open before the application is there, so the answer counts, not the connection. The image has no curl to rely on.
HEALTHCHECK --interval=10s --timeout=3s --start-period=90s --retries=3 CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/8080; printf 'GET / HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3; read -r status <&3; [[ $status == *' 200 '* ]]"]
# More flags for the JVM go into JAVA_TOOL_OPTIONS, more options for the server behind the name of the image.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-jar", "payara-micro.jar", \
    "--deploy", "stampede.war", "--contextroot", "/", "--noCluster", "--nohostaware", "--disablephonehome"]
