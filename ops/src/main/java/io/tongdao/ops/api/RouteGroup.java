package io.tongdao.ops.api;

import java.util.List;

/** Routes about one matter. The API serves a list of groups; another matter is another group. */
public interface RouteGroup {
    List<Route> routes();
}
