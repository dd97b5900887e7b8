package io.github.realtime4j.server.http;

import io.github.realtime4j.server.Fault;
import io.github.realtime4j.server.Trigger;
import io.github.realtime4j.server.Trigger.Moment;
import java.util.ArrayList;
import java.util.List;

/** Counts the events of one connection and tells which faults they set off. Safe from any thread. */
public final class FaultPlan {
    private final List<Fault> faults;
    private final int[] counts;

    public FaultPlan(List<Fault> faults) {
        this.faults = List.copyOf(faults);
        counts = new int[this.faults.size()];
    }

    /**
     * Counts one event.
     *
     * @param type its wire name; anything for {@link Moment#CONNECT}
     * @return the faults it sets off, in the order they were given
     */
    public synchronized List<Fault> strikes(Moment moment, String type) {
        List<Fault> strikes = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            Trigger when = faults.get(i).when();
            if (when.counts(moment, type)) {
                counts[i]++;
                if (when.count() == Trigger.EVERY || when.count() == counts[i]) {
                    strikes.add(faults.get(i));
                }
            }
        }
        return strikes;
    }
}
