package org.stampede.tcp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * The orderly end of a connection. Who closes a socket with something unread in it takes back what the peer has not read yet (RFC
 * 1122, section 4.2.2.13), such as an ERROR; so this end says that no more comes, and takes what the peer still sends, until that one
 * closes or a short time is over. Confined to the thread of its connection.
 */
final class Farewell extends ChannelInboundHandlerAdapter {

    private static final int PATIENCE_SECONDS = 2;

    private Farewell() {}

    /** Whether it was said. */
    static boolean isSaidOn(Channel channel) {
        return channel.pipeline().get(Farewell.class) != null;
    }

    /** Ends a connection on which all is written. Later calls have no effect. */
    static void say(Channel channel) {
        if (isSaidOn(channel)) {
            return;
        }
        var tls = channel.pipeline().get(SslHandler.class);
        if (!channel.isActive()
                || (tls != null && !tls.handshakeFuture().isSuccess())
                || !(channel instanceof DuplexChannel duplex)) {
            channel.close();
            return;
        }
        channel.pipeline().addFirst(new Farewell());
        channel.config().setAutoRead(true);
        ChannelFuture said = tls == null ? channel.newSucceededFuture() : tls.closeOutbound();
        said.addListener(done -> duplex.shutdownOutput());
        channel.eventLoop().schedule(() -> channel.close(), PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object read) {
        ReferenceCountUtil.release(read);
    }
}
