package org.stampede.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.stampede.stomp.FrameBatch;
import org.stampede.stomp.FrameLimits;
import org.stampede.stomp.FrameParser;

/** Makes frames of what is read, and closes the connection when that fails, unless that is answered. Confined to the thread of its connection. */
final class FrameReader extends ChannelInboundHandlerAdapter {

    private final FrameParser parser;
    /** Null until the connection is open; till then failures are told otherwise. */
    private @Nullable FrameReceiver receiver;

    private Optional<Throwable> cause = Optional.empty();

    FrameReader(FrameLimits limits) {
        this.parser = new FrameParser(limits);
    }

    /** From now on there is something to read. */
    void tell(FrameReceiver whom) {
        receiver = whom;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object read) {
        FrameBatch batch;
        var octets = (ByteBuf) read;
        long count = octets.readableBytes();
        try {
            batch = parser.parse(octets.nioBuffer());
        } finally {
            octets.release();
        }
        if (receiver != null) {
            receiver.received(batch, count);
        }
        if (batch.fault().isPresent() && !answersFaults()) {
            exceptionCaught(context, batch.fault().get());
        }
    }

    private boolean answersFaults() {
        return receiver != null && receiver.answersFaults();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        if (cause.isEmpty()) {
            cause = Optional.of(failure);
        }
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (receiver != null) {
            receiver.ended(cause);
        }
    }
}
