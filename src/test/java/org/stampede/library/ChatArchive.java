package org.stampede.library;

import java.io.File;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.stampede.library.app.ChatRoom;

/** The second application as somebody would build it: its own classes, and the library jar. Stateless. */
public final class ChatArchive {

    /** What a server knows of roles that nobody declares is its own affair (Servlet 6.0, section 13.3). */
    private static final String ROLES = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <security-role><role-name>moderator</role-name></security-role>
              <security-role><role-name>member</role-name></security-role>
            </web-app>
            """;

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

    /** With settings of its own, a line each, on servers with MicroProfile Config and without. */
    static WebArchive withSettings(String name, String... settings) {
        return withRoles(name)
                .addClass(PlainSettings.class)
                .addAsResource(new StringAsset(String.join("\n", settings) + "\n"), PlainSettings.CONFIGURATION);
    }

    /** For users who log in by HTTP: the server is told what roles there are. */
    static WebArchive withRoles(String name) {
        return withoutBeansXml(name).setWebXML(new StringAsset(ROLES));
    }
}
