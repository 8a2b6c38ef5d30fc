package io.tongdao.ops.province;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The register of enterprises (市场监管, T07), each derivable from (seed, index). */
final class Market {
    static final Columns<Object> COLUMNS = Columns.defined(
            List.of("ztbh"),
            "ztbh bigint",
            "tyshxydm varchar(20) UNIQUE",
            "yzch varchar(15)",
            "qymc varchar(200)",
            "scztlx varchar(4)",
            "fddbrxm varchar(50)",
            "fddbrzjhm varchar(20)",
            "zczb decimal(18,4)",
            "clrq date",
            "zs varchar(300)",
            "hydm varchar(5)",
            "djzt varchar(2)",
            "jyfw varchar(4000)",
            "djjg varchar(100)",
            "hzrq date",
            "lxdh varchar(20)");
    static final String ACTIVE = "10";
    static final String CANCELLED = "30";
    private static final List<String> BRANDS = List.of("滇源 云岭 洱海 金沙 玉龙 普洱 南诏 彩云 石林 怒江 澜沧 梅里".split(" "));
    private static final List<List<String>> TRADES = List.of(
            List.of("茶业", "A0164", "茶叶种植、加工、销售;农产品初加工。"),
            List.of("商贸", "F5123", "日用百货、五金交电、建筑材料的销售;货物进出口。"),
            List.of("信息技术", "I6510", "软件开发;信息系统集成服务;数据处理和存储支持服务。"),
            List.of("建筑工程", "E4710", "房屋建筑和市政基础设施项目工程总承包(依法须经批准的项目,经相关部门批准后方可开展经营活动)。"),
            List.of("旅游", "L7291", "旅行社服务;会议及展览服务;旅游开发项目策划咨询。"),
            List.of("食品", "C1411", "食品生产;食品销售(仅销售预包装食品)。"));

    private final long seed;
    private final int size;
    private final int people;
    private final IntFunction<Person> persons;

    Market(long seed, int people, IntFunction<Person> persons) {
        this.seed = seed;
        this.people = people;
        this.persons = persons;
        this.size = Math.max(40, people / 20);
    }

    /** Enterprises of the province; those beyond are founded while it lives. */
    int size() {
        return size;
    }

    Enterprise enterprise(int index) {
        Dice dice = new Dice(seed, "enterprise", index);
        County county = index < County.ALL.size() ? County.ALL.get(index) : dice.of(County.ALL);
        String code = Numbers.credit(county.code(), index);
        String place = county.name().replaceFirst("[区县市]$", "");
        String name = place + dice.of(BRANDS) + trade(index).get(0) + "有限公司";
        return new Enterprise(index, county, code, written(code, dice), name, representative(dice));
    }

    Row row(Enterprise enterprise) {
        Dice dice = new Dice(seed, "enterprise row", enterprise.index());
        LocalDate founded = LocalDate.of(1995, 1, 1).plusDays(dice.below(11_000));
        County county = enterprise.county();
        int status = dice.below(100);
        return new Row(
                AgencyTable.ENTERPRISE,
                500_000_000L + enterprise.index(),
                enterprise.written(),
                founded.getYear() < 2015 ? Numbers.registration(county.code(), enterprise.index() % 40_000_000) : null,
                enterprise.name(),
                dice.percent(70) ? "1130" : "1151",
                enterprise.representative().name(),
                enterprise.representative().id(),
                BigDecimal.valueOf(dice.between(10, 50_000) * 1_000L + dice.below(10), 4),
                founded,
                Police.address(county, enterprise.index()),
                trade(enterprise.index()).get(1),
                status < 92 ? ACTIVE : status < 96 ? "20" : CANCELLED,
                trade(enterprise.index()).get(2),
                county.name() + "市场监督管理局",
                founded.plusDays(dice.below(400)),
                dice.percent(80) ? "0871-6" + Numbers.digits(dice.below(10_000_000), 7) : null);
    }

    private List<String> trade(int index) {
        return TRADES.get(new Dice(seed, "trade", index).below(TRADES.size()));
    }

    /** The head of a block's first household who has nothing planted on them. */
    private Person representative(Dice dice) {
        int blocks = (people + Place.BLOCK - 1) / Place.BLOCK;
        for (int block = dice.below(blocks); ; block = (block + 1) % blocks) {
            Person head = persons.apply(block * Place.BLOCK);
            if (head.blemish() == Blemish.NONE || blocks == 1) {
                return head;
            }
        }
    }

    /** In 1,000 codes 4 bad ones, and 4 in forms that normalise. */
    private static @Nullable String written(String code, Dice dice) {
        return switch (dice.below(1000)) {
            case 0 -> Numbers.wrongCheck(code);
            case 1 -> null;
            case 2 -> code.substring(0, 17);
            case 3 -> code.substring(0, 17) + "O";
            case 4, 5 -> code.toLowerCase(Locale.ROOT);
            case 6, 7 -> Numbers.fullWidth(code);
            default -> code;
        };
    }
}
