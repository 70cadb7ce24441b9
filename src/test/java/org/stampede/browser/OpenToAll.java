package org.stampede.browser;

import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** Marks a {@link Server} without access rules, for tests of what the sample does not allow. */
@Retention(RUNTIME)
@Target(PARAMETER)
@interface OpenToAll {}
