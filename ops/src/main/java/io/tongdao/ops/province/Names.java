package io.tongdao.ops.province;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names as a household register of Yunnan has them: Han surnames by frequency, compound ones, and names with an interpunct (间隔号). */
final class Names {
    /** Earlier ones are more frequent: {@link #surname} draws twice and takes the lower. */
    private static final List<String> SURNAMES = List.of(
            "李 杨 王 张 陈 赵 刘 周 罗 马 黄 何 普 朱 段 徐 吴 郭 高 孙 和 木 刀 尹 余 胡 林 郑 谢 宋 唐 许 邓 冯 韩 曹 曾 彭 萧 蔡 潘 田 董 袁 于 叶 杜 苏 魏 吕 丁 任 沈 姚 卢 姜 崔 钟 谭 陆 汪 范 金 石 廖 贾 夏 韦 付 方 白 邹 孟 熊 秦 邱 江 薛 闫 雷 侯 龙 史 陶 黎 贺 顾 毛 郝 龚 邵 万 钱 严 武 戴 欧阳 司马 上官 诸葛 尉迟 皇甫 慕容 司徒"
                    .split(" "));

    private static final Map<Character, Character> HOMOPHONES = homophones();
    private static final List<Character> GIVEN = Stream.concat(
                    HOMOPHONES.keySet().stream(), "国云山春秋海龙文光成世永".chars().mapToObj(c -> (char) c))
            .sorted()
            .toList();

    /** Ethnicity (GB/T 3304) → the two halves of names that are written with an interpunct or without a surname. */
    private static final Map<String, List<List<String>>> PEOPLES = Map.of(
            "03", List.of(split("马 纳 沙 木萨 尔撒"), split("伊布拉 优素福 哈桑 阿米娜 法图麦")),
            "04", List.of(split("扎西 次仁 卓玛 央宗 洛桑"), split("顿珠 平措 拉姆 曲珍 多吉")),
            "07", List.of(split("吉克 阿鲁 沙马 勒格 毕摩"), split("阿牛 曲布 伍呷 拉则 木乃")),
            "18", List.of(split("岩 玉 刀 罕"), split("温 罕香 香 旺 波罕")),
            "20", List.of(split("余 阿普 迪 腊"), split("友邓 娜米 四益 阿邓")),
            "28", List.of(split("勒排 木然 恩昆"), split("早山 麻干 诺相 木果")));

    private Names() {}

    static String surname(Dice dice) {
        int rank = Math.min(dice.below(SURNAMES.size()), dice.below(SURNAMES.size()));
        return SURNAMES.get(rank);
    }

    /** The name of one who bears {@code surname} and belongs to {@code ethnicity}. */
    static String full(String surname, String ethnicity, Dice dice) {
        List<List<String>> halves = PEOPLES.get(ethnicity);
        if (halves != null && dice.percent(60)) {
            return dice.of(halves.get(0)) + '·' + dice.of(halves.get(1));
        }
        return surname + given(dice);
    }

    private static String given(Dice dice) {
        String first = String.valueOf(dice.of(GIVEN));
        return dice.percent(25) ? first : first + dice.of(GIVEN);
    }

    /** Another name that sounds the same, as a clerk mishears it; where no character has a homophone, one is added. */
    static String misheard(String name) {
        for (int i = name.length() - 1; i > 0; i--) {
            Character other = HOMOPHONES.get(name.charAt(i));
            if (other != null) {
                return name.substring(0, i) + other + name.substring(i + 1);
            }
        }
        return name + '华';
    }

    /** The same name, written in a way that must not count as a difference. */
    static String respelt(String name, Dice dice) {
        if (name.indexOf('·') > 0) {
            return name.replace('·', dice.of(List.of('•', '・', '．', '‧', '∙', '.')));
        }
        return switch (dice.below(3)) {
            case 0 -> name.charAt(0) + " " + name.substring(1);
            case 1 -> name.charAt(0) + "　" + name.substring(1);
            default -> name + " ";
        };
    }

    private static Map<Character, Character> homophones() {
        String pairs = "伟炜英瑛华桦丽莉静婧军君杰洁娟涓涛韬明铭霞侠平萍刚钢桂贵辉晖玲铃红虹建健志智芬纷梅玫兰岚强墙燕艳鹏朋斌彬波博佳嘉宇雨欣新晨辰";
        return Stream.iterate(0, i -> i < pairs.length(), i -> i + 2)
                .flatMap(i -> Stream.of(
                        Map.entry(pairs.charAt(i), pairs.charAt(i + 1)),
                        Map.entry(pairs.charAt(i + 1), pairs.charAt(i))))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static List<String> split(String words) {
        return List.of(words.split(" "));
    }
}
