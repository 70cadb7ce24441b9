package org.stampede.container;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.stampede.messaging.SendTo;
import org.stampede.messaging.SendToUser;

/** Resources over HTTP that tell subscribers what they answer. Confined to the request. */
@Path("news")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class NewsResource {

    /** Where resources are. Stateless. */
    @ApplicationPath("rest")
    public static class Rest extends Application {}

    /** What a resource answers with. Immutable. */
    public record Headline(String title, int size) {}

    @Resource
    ManagedExecutorService executor;

    @POST
    @SendTo("/topic/news")
    public String publish(String text) {
        return "news: " + text;
    }

    @POST
    @Path("json")
    @Produces(MediaType.APPLICATION_JSON)
    @SendTo("/topic/news")
    public Headline headline(String title) {
        return new Headline(title, title.length());
    }

    @POST
    @Path("later")
    @SendTo("/topic/news")
    public CompletionStage<String> later(String text) {
        return CompletableFuture.supplyAsync(() -> "later: " + text, executor);
    }

    @POST
    @Path("fail")
    @SendTo("/topic/news")
    public String fail(String text) {
        throw new IllegalStateException("no " + text);
    }

    @POST
    @Path("mine")
    @SendToUser("/queue/news")
    public String mine(String text) {
        return text;
    }

    /** A bean that a timer calls. Stateless. */
    @ApplicationScoped
    public static class Desk {

        @SendTo({"/topic/news", "/topic/archive"})
        public Headline edit(String title) {
            return new Headline(title, title.length());
        }
    }
}
