package io.github.realtime4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.realtime4j.server.Fault;
import io.github.realtime4j.server.Trigger;
import io.github.realtime4j.server.Trigger.Moment;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FaultPlanTest {
    @Test
    void aTriggerStrikesOnceAtItsCountAmongEventsOfItsTypes() {
        Fault fault = new Fault.Stall(Trigger.before("a", "b").nth(2));
        FaultPlan plan = new FaultPlan(List.of(fault));

        assertThat(plan.strikes(Moment.BEFORE_SERVER_EVENT, "a")).isEmpty();
        assertThat(plan.strikes(Moment.BEFORE_SERVER_EVENT, "c")).isEmpty();
        assertThat(plan.strikes(Moment.AFTER_SERVER_EVENT, "b")).isEmpty();
        assertThat(plan.strikes(Moment.CLIENT_EVENT, "b")).isEmpty();
        assertThat(plan.strikes(Moment.BEFORE_SERVER_EVENT, "b")).containsExactly(fault);
        assertThat(plan.strikes(Moment.BEFORE_SERVER_EVENT, "b")).isEmpty();
    }

    @Test
    void everyStrikesEachTimeAndNoTypesMeanAllTypes() {
        Fault fault = new Fault.Delay(Trigger.before().every(), Duration.ofSeconds(1));
        FaultPlan plan = new FaultPlan(List.of(fault));

        assertThat(plan.strikes(Moment.BEFORE_SERVER_EVENT, "a")).containsExactly(fault);
        assertThat(plan.strikes(Moment.BEFORE_SERVER_EVENT, "b")).containsExactly(fault);
    }

    @Test
    void faultsStrikeInTheOrderGivenAndCountOnTheirOwn() {
        Fault first = new Fault.Reset(Trigger.onClientEvent("x"));
        Fault second = new Fault.NeverAcknowledge("x");
        FaultPlan plan = new FaultPlan(List.of(second, first));

        assertThat(plan.strikes(Moment.CLIENT_EVENT, "x")).containsExactly(second, first);
        assertThat(plan.strikes(Moment.CLIENT_EVENT, "x")).containsExactly(second);
    }

    @Test
    void faultsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new Fault.DropEvent(Trigger.after("a")))
                .hasMessage("this fault wants a trigger on BEFORE_SERVER_EVENT, but got AFTER_SERVER_EVENT");
        assertThatThrownBy(() -> Trigger.before("a").nth(0)).hasMessage("n must be at least 1, but was 0");
        assertThatThrownBy(() -> new Fault.RefuseUpgrade(200, "")).hasMessage("status must be 400 to 599, but was 200");
        assertThatThrownBy(() -> new Fault.CloseConnection(Trigger.atConnect(), 1006, ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Trigger.atConnect().every()).isInstanceOf(IllegalArgumentException.class);
    }
}
