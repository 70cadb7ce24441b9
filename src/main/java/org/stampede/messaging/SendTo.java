package org.stampede.messaging;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Sends what a method returns to topics or queues, as by {@link Messenger#send(String, Object)}. It works on the business
 * methods of every bean: handlers, resources, enterprise beans, plain ones.
 *
 * <pre>{@code
 * @SendTo("/topic/price.stock.{ticker}")
 * Quote correct(@Observes @Destination("/app/quote.{ticker}") Quote quote) { return quote; }
 * }</pre>
 *
 * <p>Nothing is sent for null, an empty {@code Optional} or a method that throws; of an {@code Optional} the value is sent,
 * and of a {@code CompletionStage} the result once it is there, while no thread waits. The RECEIPT of a message whose handler
 * returns a stage follows its completion; its failure is a {@link Problem} to the sender. Inside of a transaction of the
 * method, the message goes out after the end of the transaction.
 *
 * <p>A {@code {name}} in a destination is the variable of the message that is being handled (see {@link Destination}). Where
 * there is none of this name, a handler fails the deployment, and any other method the call, before its body runs.
 *
 * <p>On a class it holds for all methods that return something; the annotation of a method takes its place. As with every
 * interceptor, calls within a bean do not count, and private, static and final methods are none of its business: on these, and
 * on methods that return nothing, it fails the deployment. Timer methods of enterprise beans return nothing by their
 * specification; let them call a bean whose method is annotated.
 */
@InterceptorBinding
@Inherited
@Documented
@Retention(RUNTIME)
@Target({METHOD, TYPE})
public @interface SendTo {

    /**
     * Where to.
     *
     * @return destinations, for example {@code /topic/trades}
     */
    @Nonbinding
    String[] value();
}
