package org.stampede.stocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbException;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TradeOrderTest {

    private final Jsonb jsonb = JsonbBuilder.create();
    private final ValidatorFactory validation = Validation.buildDefaultValidatorFactory();

    @AfterEach
    void close() throws Exception {
        jsonb.close();
        validation.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'action':'BUY','ticker':'MMM','shares':44}",
                "{'action':'SELL','ticker':'V','shares':1}",
                "{'action':'SELL','ticker':'WMT','shares':10000,'remark':'is passed over'}"
            })
    void aGoodOrderHasNoViolations(String order) {
        assertThat(violations(order)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        {'action':'BUY','ticker':'MMM','shares':-3}       | shares must be greater than 0
        {'action':'BUY','ticker':'MMM','shares':0}        | shares must be greater than 0
        {'action':'BUY','ticker':'MMM','shares':1.5}      | shares must be a whole number
        {'action':'BUY','ticker':'MMM','shares':10001}    | shares must not be greater than 10000
        {'action':'BUY','ticker':'MMM','shares':null}     | shares must be a number of shares
        {'action':'BUY','ticker':'MMM'}                   | shares must be a number of shares
        {'action':'BUY','ticker':'XYZ','shares':44}       | ticker must be a listed ticker, such as MMM
        {'action':'BUY','ticker':'mmm','shares':44}       | ticker must be a listed ticker, such as MMM
        {'action':'BUY','ticker':'','shares':44}          | ticker must be a listed ticker, such as MMM
        {'action':'BUY','shares':44}                      | ticker must be a listed ticker, such as MMM
        {'action':'HOLD','ticker':'MMM','shares':44}      | action must be BUY or SELL
        {'ticker':'MMM','shares':44}                      | action must be BUY or SELL
        """)
    void aBadOrderSaysWhatIsWrongAndWhere(String order, String violation) {
        assertThat(violations(order)).containsExactly(violation);
    }

    @Test
    void eachFaultOfAnOrderIsNamed() {
        assertThat(violations("{'action':'HOLD','ticker':'XYZ','shares':-3}"))
                .containsExactly(
                        "action must be BUY or SELL",
                        "shares must be greater than 0",
                        "ticker must be a listed ticker, such as MMM");
    }

    @Test
    void hugeNumbersAreRefusedRatherThanWrappedAround() {
        assertThat(violations("{'action':'BUY','ticker':'MMM','shares':4294967297}"))
                .contains("shares must not be greater than 10000");
        assertThat(violations("{'action':'BUY','ticker':'MMM','shares':1e300}"))
                .contains("shares must not be greater than 10000");
    }

    @Test
    void malformedJsonIsNoOrder() {
        assertThatThrownBy(() -> order("{'action':'BUY','ticker':'MMM','shares',44}"))
                .isInstanceOf(JsonbException.class)
                .hasMessageContaining("line no=1, column no=40");
    }

    private List<String> violations(String json) {
        return validation.getValidator().validate(order(json)).stream()
                .map(violation -> violation.getPropertyPath() + " " + violation.getMessage())
                .sorted()
                .toList();
    }

    private TradeOrder order(String json) {
        return jsonb.fromJson(json.replace('\'', '"'), TradeOrder.class);
    }
}
