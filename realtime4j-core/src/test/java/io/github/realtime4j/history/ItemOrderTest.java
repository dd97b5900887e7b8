package io.github.realtime4j.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ItemOrderTest {
    private final ItemOrder<String> order = new ItemOrder<>();

    private void place(String id, String anchor) {
        order.place(id, id, anchor);
    }

    private void placeFirst(String id) {
        order.place(id, id, null);
    }

    @Test
    void eachGoesRightAfterTheOneThatIsNamed() {
        placeFirst("a");
        place("b", "a");
        place("c", "b");
        place("d", "a");

        assertThat(order.values()).containsExactly("a", "d", "b", "c");
    }

    @Test
    void withoutAPredecessorItIsTheFirst() {
        placeFirst("a");
        place("b", "a");
        placeFirst("root");

        assertThat(order.values()).containsExactly("root", "a", "b");
    }

    @Test
    void whatIsPlacedStaysThere() {
        placeFirst("a");
        placeFirst("root");
        placeFirst("a");
        place("root", "a");

        assertThat(order.values()).containsExactly("root", "a");
    }

    @Test
    void withAnUnknownAnchorItWaitsAtTheEnd() {
        placeFirst("a");
        place("x", "nobody");
        place("y", "x");
        place("b", "a");

        assertThat(order.values()).containsExactly("a", "b", "x", "y");
    }

    @Test
    void whoWaitsFollowsItsAnchorWithAllThatHangsOnIt() {
        place("c", "b");
        place("d", "c");
        place("z", "nobody");
        placeFirst("a");
        place("b", "a");

        assertThat(order.values()).containsExactly("a", "b", "c", "d", "z");
    }

    @Test
    void allWhoWaitFollowAsIfTheyHadComeLater() {
        placeFirst("a");
        place("y", "b");
        place("lost", "nobody");
        place("z", "b");
        place("b", "a");

        assertThat(order.values()).containsExactly("a", "b", "z", "y", "lost");
    }

    @Test
    void anAnchorThatIsItselfLostComesBeforeThoseWhoWaitForIt() {
        place("c", "b");
        place("b", "a");
        placeFirst("a");

        assertThat(order.values()).containsExactly("a", "b", "c");
    }

    @Test
    void anAppendedOneMovesWhenItsPlaceIsTold() {
        placeFirst("a");
        place("b", "a");
        order.append("x", "x");
        place("y", "x");
        place("x", "a");

        assertThat(order.values()).containsExactly("a", "x", "y", "b");
    }

    @Test
    void aRemovedAnchorStandsForWhatWasBeforeIt() {
        placeFirst("a");
        place("b", "a");
        place("c", "b");
        order.remove("b");
        order.remove("c");
        place("d", "c");

        assertThat(order.values()).containsExactly("a", "d");
        order.remove("a");
        order.remove("d");
        place("e", "d");
        assertThat(order.values()).containsExactly("e");
    }

    @Test
    void aCircleOfAnchorsLosesNothing() {
        place("a", "b");
        place("b", "a");
        place("c", "c");

        assertThat(order.values()).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void removalsAreForgottenInTheEnd() {
        for (int i = 0; i < 1_000; i++) {
            placeFirst("item" + i);
            order.remove("item" + i);
        }

        assertThat(order.isRemoved("item999")).isTrue();
        assertThat(order.isRemoved("item700")).isFalse();
        assertThat(order.values()).isEmpty();
    }

    @Test
    void whatIsAddedAnewIsNoLongerRemoved() {
        placeFirst("a");
        order.remove("a");
        placeFirst("a");

        assertThat(order.isRemoved("a")).isFalse();
        assertThat(order.values()).containsExactly("a");
    }

    /** A plain conversation, each item after the one before, told in any order. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theArrivalOfALineDoesNotMatter(long seed) {
        List<Integer> arrival = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            arrival.add(i);
            expected.add("item" + i);
        }
        Collections.shuffle(arrival, new Random(seed));

        for (int i : arrival) {
            order.place("item" + i, "item" + i, i == 0 ? null : "item" + (i - 1));
        }

        assertThat(order.values()).isEqualTo(expected);
    }

    /** Against a list that inserts and removes in the plainest way. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void anyInsertionsAndRemovalsGiveWhatAListGives(long seed) {
        Random random = new Random(seed);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            if (!expected.isEmpty() && random.nextInt(4) == 0) {
                order.remove(expected.remove(random.nextInt(expected.size())));
                continue;
            }
            int at = random.nextInt(expected.size() + 1);
            order.place("item" + i, "item" + i, at == 0 ? null : expected.get(at - 1));
            expected.add(at, "item" + i);
        }

        assertThat(order.values()).isEqualTo(expected);
    }
}
