package org.stampede.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the items of the normative checklist of STOMP (1 to 82) that a test covers. On a class it holds for each test of
 * it.
 *
 * @see StompItemsCoverageTest
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface StompItem {

    /** The numbers of the items. */
    int[] value();
}
