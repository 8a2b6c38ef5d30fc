-- 省民政厅 婚姻登记信息 (T02)
CREATE TABLE public.hydj_xx (
  zjzh varchar(20) PRIMARY KEY,
  ywlx varchar(2) NOT NULL,
  nfxm varchar(50),
  nfzjlx varchar(3),
  nfzjhm varchar(20),
  nvfxm varchar(50),
  nvfzjlx varchar(3),
  nvfzjhm varchar(20),
  djrq date,
  djjg varchar(100),
  djjgqh varchar(6),
  hyzk varchar(2));
ALTER TABLE public.hydj_xx REPLICA IDENTITY FULL;
