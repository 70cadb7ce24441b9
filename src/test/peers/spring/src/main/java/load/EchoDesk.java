package load;

import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.simp.annotation.SendToUser;
import org.springframework.stereotype.Controller;

/** A handler that answers. */
@Controller
public class EchoDesk {

    @MessageMapping("/echo")
    @SendToUser(value = "/queue/echo", broadcast = false)
    public Echo echo(Echo echo) {
        return echo;
    }
}
