package io.tongdao.ops.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Who one is here. */
public final class AboutRoutes implements RouteGroup {
    /** @param may what the role can do, {@code act} or {@code act (own)} */
    record Me(String role, String agency, String person, List<String> may) {}

    @Override
    public List<Route> routes() {
        return List.of(Route.get(
                "/v1/me", Act.WHO_AM_I, "当前身份 who the token stands for", Me.class, List.of(), AboutRoutes::me));
    }

    private static Me me(Call call) {
        Identity who = call.who();
        List<String> may = new ArrayList<>();
        for (Act act : Act.values()) {
            String name = act.name().toLowerCase(Locale.ROOT);
            switch (Rights.of(who.role(), act)) {
                case NONE -> {}
                case OWN -> may.add(name + " (own)");
                case ALL -> may.add(name);
            }
        }
        return new Me(who.role().word(), who.agency(), who.person(), may);
    }
}
