package org.stampede.dispatch;

import jakarta.json.bind.annotation.JsonbDateFormat;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.xml.bind.annotation.XmlRootElement;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What the handlers of the tests observe. Public, as JSON Binding asks for. */
public final class Payloads {

    private Payloads() {}

    public enum Action {
        BUY,
        SELL
    }

    public record Order(
            @NotNull Action action,
            @NotBlank String ticker,
            @Positive int shares) {}

    public record Basket(
            List<@Valid Order> orders,
            Map<String, @Positive Integer> weights,
            @JsonbProperty("note") String remark) {}

    public static class Customer {
        public String name;
        private int age;

        public int getAge() {
            return age;
        }

        public void setAge(int age) {
            this.age = age;
        }
    }

    public static class GoodCustomer extends Customer {
        public long bonus;
    }

    public record Everything(
            byte octet,
            Short small,
            long large,
            BigInteger huge,
            double ratio,
            BigDecimal price,
            boolean on,
            char letter,
            UUID id,
            LocalDate day,
            @JsonbDateFormat("dd.MM.yyyy") LocalDate written,
            Optional<Integer> maybe,
            Order[] orders,
            Map<String, List<Integer>> numbers,
            Object any) {}

    /** In JSON or XML. */
    @XmlRootElement
    public static class Note {
        @NotBlank
        public String text;
    }

    public record Tree(List<Tree> children) {}

    public record Strict(int shares) {
        public Strict {
            if (shares < 0) {
                throw new IllegalArgumentException("the password is secret");
            }
        }
    }
}
