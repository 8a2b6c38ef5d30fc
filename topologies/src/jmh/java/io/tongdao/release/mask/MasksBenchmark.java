package io.tongdao.release.mask;

import io.tongdao.contract.plan.Divisions;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Mask;
import java.math.BigDecimal;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Values a second of one thread through each mask. The bar is a million, of tokens half a million. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MasksBenchmark {
    private static final int VALUES = 1024;
    private static final ItemType TEXT = new ItemType.Text(200);
    private static final ItemType MONEY = new ItemType.Decimal(12, 2);
    private static final Divisions DIVISIONS = new Divisions(
            Map.of("530000", "云南省", "530100", "昆明市", "530102", "五华区", "530103", "盘龙区", "530181", "安宁市"),
            Map.of("530100", "530000", "530102", "530100", "530103", "530100", "530181", "530100"),
            Map.of("530199", "530102"));

    /** A mask on an item with values as a register has them. */
    public enum Case {
        SURNAME(Mask.SURNAME, TEXT, random -> pick(random, "王小明", "欧阳修远", "阿依古丽·买买提", "张三", "𠮷野家")),
        ID6_4(Mask.ID6_4, new ItemType.CitizenIdType(), Case::citizen),
        LAST4(Mask.LAST4, TEXT, random -> "J530102-2019-" + random.nextInt(100_000, 999_999)),
        PHONE3_4_MOBILE(Mask.PHONE3_4, TEXT, random -> "138" + random.nextInt(10_000_000, 99_999_999)),
        PHONE3_4_FIXED(Mask.PHONE3_4, TEXT, random -> "0871-6" + random.nextInt(1_000_000, 9_999_999) + "转801"),
        COUNTY_ADDRESS(
                Mask.COUNTY,
                TEXT,
                random -> "云南省昆明市" + pick(random, "五华区", "盘龙区", "安宁市") + "翠湖南路" + random.nextInt(999) + "号"),
        COUNTY_CODE(Mask.COUNTY, new ItemType.DivisionType(), random -> pick(random, "530102", "530103", "530199")),
        YEAR(Mask.YEAR, new ItemType.Date(), random -> random.nextInt(20_000)),
        BAND_DATE(Mask.BAND, new ItemType.Date(), random -> random.nextInt(20_000)),
        BAND_NUMBER(Mask.BAND, MONEY, Case::money),
        ROUND_NUMBER(Mask.ROUND, MONEY, Case::money),
        TOKEN(Mask.TOKEN, new ItemType.CitizenIdType(), Case::citizen);

        private final Mask mask;
        private final ItemType type;
        private final Function<SplittableRandom, Object> values;

        Case(Mask mask, ItemType type, Function<SplittableRandom, Object> values) {
            this.mask = mask;
            this.type = type;
            this.values = values;
        }

        private static String pick(SplittableRandom random, String... values) {
            return values[random.nextInt(values.length)];
        }

        private static Object citizen(SplittableRandom random) {
            return "530102" + random.nextLong(190_001_010_000L, 202_612_319_999L);
        }

        private static Object money(SplittableRandom random) {
            return BigDecimal.valueOf(random.nextLong(10_000_000), 2);
        }
    }

    @Param
    private Case of = Case.SURNAME;

    private final Object[] values = new Object[VALUES];
    private MaskFunction mask = value -> value;
    private int next;

    @Setup
    public void fill() {
        SplittableRandom random = new SplittableRandom(7);
        for (int n = 0; n < VALUES; n++) {
            values[n] = of.values.apply(random);
        }
        mask = new Masks(DIVISIONS, new Tokens(new HmacSm3(new byte[32]), 1)).of(of.mask, "item", of.type);
    }

    @Benchmark
    public @Nullable Object masked() {
        next = (next + 1) % VALUES;
        return mask.apply(values[next]);
    }
}
