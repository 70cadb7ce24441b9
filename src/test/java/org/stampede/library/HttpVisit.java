package org.stampede.library;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.stampede.testing.StompSocket;

/** A browser with the cookies of its own, whose user has logged in to {@code /session} of an application. Confined to one thread. */
final class HttpVisit {

    private final CookieManager cookies = new CookieManager();
    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(cookies).build();
    private final URI application;
    private final String basic;

    /** Nothing is asked yet. */
    HttpVisit(URI application, String user) {
        this.application = application;
        this.basic = "Basic " + Base64.getEncoder().encodeToString((user + ":secret of " + user).getBytes(UTF_8));
    }

    /** Asks the page; the body of its answer. */
    String ask(String method) {
        var request = HttpRequest.newBuilder(URI.create(application + "/session"))
                .header("Authorization", basic)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            var answer = browser.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            return answer.body();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Opens a WebSocket as the page would, and says CONNECT with one more header line. */
    StompSocket connect(String line) {
        String all = cookies.getCookieStore().getCookies().stream()
                .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        var headers = all.isEmpty() ? Map.of("Authorization", basic) : Map.of("Authorization", basic, "Cookie", all);
        return StompSocket.openWith(headers, URI.create(application.toString().replaceFirst("^http", "ws") + "/stomp"))
                .text("CONNECT\naccept-version:1.2\n" + line + "\n\n^@");
    }
}
