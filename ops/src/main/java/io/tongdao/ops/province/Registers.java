package io.tongdao.ops.province;

import java.util.List;
import java.util.stream.Stream;

/** The tables that are drawn from the people and the enterprises. */
final class Registers {
    static final List<Register<?>> ALL = Stream.of(
                    List.of(Allowances.register(), Births.register(), Pupils.register(), Taxpayers.register()),
                    RealEstate.registers(),
                    List.of(Builders.register(), Hauliers.register(), Polluters.register(), Hazards.register()),
                    List.of(StateProperty.register(), Statistics.register()),
                    ServiceCases.registers())
            .<Register<?>>flatMap(List::stream)
            .toList();

    private Registers() {}
}
