/**
 * The page in a real browser, and real stompjs in that browser, against the WAR as it is built on a server that runs as
 * a process of its own.
 */
@NullMarked
package org.stampede.browser;

import org.jspecify.annotations.NullMarked;
