package org.stampede.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** Each item of the checklist has a test that cites it ({@link StompItem}), or a reason why it has none. */
class StompItemsCoverageTest {

    private static final int LAST_ITEM = 82;

    @Test
    void everyItemIsCitedOrBindsClientsOnly() {
        assertThat(missing()).isEmpty();
    }

    @Test
    void citedItemsExist() {
        assertThat(cited()).isSubsetOf(all());
    }

    @Test
    void itemsThatBindClientsOnlyAreNotCited() {
        assertThat(ClientItem.values())
                .filteredOn(item -> cited().contains(item.number()))
                .isEmpty();
    }

    private static Set<Integer> missing() {
        Set<Integer> missing = new TreeSet<>(all());
        missing.removeAll(cited());
        Stream.of(ClientItem.values()).map(ClientItem::number).forEach(missing::remove);
        return missing;
    }

    private static List<Integer> all() {
        return IntStream.rangeClosed(1, LAST_ITEM).boxed().toList();
    }

    private static Set<Integer> cited() {
        // That one is a program for Payara Micro, which is not on the class path.
        return ReflectionSupport.findAllClassesInPackage(
                        "org.stampede", type -> true, name -> !name.endsWith(".MicroServer"))
                .stream()
                .flatMap(StompItemsCoverageTest::citations)
                .flatMapToInt(item -> Arrays.stream(item.value()))
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<StompItem> citations(Class<?> type) {
        var methods = ReflectionSupport.findMethods(
                type, method -> method.isAnnotationPresent(StompItem.class), HierarchyTraversalMode.TOP_DOWN);
        return Stream.concat(
                Stream.of(type.getAnnotationsByType(StompItem.class)),
                methods.stream().map(method -> method.getAnnotation(StompItem.class)));
    }
}
