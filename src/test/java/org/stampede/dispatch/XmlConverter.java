package org.stampede.dispatch;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.interceptor.Interceptor;
import jakarta.xml.bind.DataBindingException;
import jakarta.xml.bind.JAXB;
import jakarta.xml.bind.annotation.XmlRootElement;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import org.stampede.messaging.MessageConverter;
import org.stampede.messaging.UnreadablePayloadException;

/** XML by Jakarta XML Binding, for classes with a root element, where the content type asks for it. Thread-safe. */
@ApplicationScoped
@Priority(Interceptor.Priority.APPLICATION)
public class XmlConverter implements MessageConverter {

    @Override
    public String contentType() {
        return "application/xml";
    }

    @Override
    public boolean canRead(Class<?> type, String contentType) {
        return contentType.startsWith("application/xml") && type.isAnnotationPresent(XmlRootElement.class);
    }

    @Override
    public Object read(byte[] body, Class<?> type, String contentType) {
        try {
            return JAXB.unmarshal(new ByteArrayInputStream(body), type);
        } catch (DataBindingException e) {
            throw new UnreadablePayloadException("The body is not the XML that is needed here.", e);
        }
    }

    @Override
    public boolean canWrite(Class<?> type, String contentType) {
        return canRead(type, contentType);
    }

    @Override
    public byte[] write(Object payload, String contentType) {
        var octets = new ByteArrayOutputStream();
        JAXB.marshal(payload, octets);
        return octets.toByteArray();
    }
}
