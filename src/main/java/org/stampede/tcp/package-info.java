/**
 * STOMP over TCP, with or without TLS, towards servers and for clients: the only package that imports Netty. Moves frames and knows no meaning. Netty's own
 * threads read and write here, and no other thread touches more of Netty than the queue of these, so that nothing of it
 * stays behind on threads of the container. Imports {@code stomp} and {@code transport}.
 */
@NullMarked
package org.stampede.tcp;

import org.jspecify.annotations.NullMarked;
