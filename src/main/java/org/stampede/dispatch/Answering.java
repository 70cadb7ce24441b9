package org.stampede.dispatch;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** Put at deployment on handlers that return something and do not say where to: it is the reply to the message. */
@InterceptorBinding
@Retention(RUNTIME)
@Target({METHOD, TYPE})
public @interface Answering {

    /** The binding as a value. Immutable. */
    final class Literal extends AnnotationLiteral<Answering> implements Answering {

        private static final long serialVersionUID = 1L;

        static final Literal INSTANCE = new Literal();

        private Literal() {}
    }
}
