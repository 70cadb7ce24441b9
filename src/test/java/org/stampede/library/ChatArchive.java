package org.stampede.library;

import java.io.File;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.stampede.library.app.ChatRoom;

/** The second application as somebody would build it: its own classes, and the library jar. Stateless. */
public final class ChatArchive {

    private ChatArchive() {}

    /** Discovered by annotations alone. */
    public static WebArchive withoutBeansXml(String name) {
        return ShrinkWrap.create(WebArchive.class, name)
                .addPackage(ChatRoom.class.getPackage())
                .addAsLibrary(new File(System.getProperty("stampede.lib")));
    }

    /** With an empty {@code beans.xml} of its own, as most have. */
    public static WebArchive withBeansXml(String name) {
        return withoutBeansXml(name).addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
    }
}
