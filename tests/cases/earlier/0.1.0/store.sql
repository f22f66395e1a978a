BEGIN TRANSACTION;
CREATE TABLE changes (
        event TEXT NOT NULL, at INTEGER NOT NULL, field TEXT NOT NULL, before TEXT, after TEXT, source TEXT
    );
INSERT INTO "changes" VALUES('jcqlsczzyeqbxd4t',1795219200,'status','confirmed','cancelled','club');
CREATE TABLE communities (name TEXT PRIMARY KEY, first_seen INTEGER NOT NULL);
INSERT INTO "communities" VALUES('样板头马',1795176000);
CREATE TABLE events (
        id TEXT PRIMARY KEY, face TEXT NOT NULL, sequence INTEGER NOT NULL, first_seen INTEGER NOT NULL,
        changed INTEGER NOT NULL
    );
INSERT INTO "events" VALUES('w55syl35oviasj2o','{"end": "2026-11-24T21:30:00+08:00", "place": "三叶会客厅", "start": "2026-11-24T19:30:00+08:00", "status": "confirmed", "title": "样板头马俱乐部例会"}',0,1795176000,1795176000);
INSERT INTO "events" VALUES('jcqlsczzyeqbxd4t','{"end": "2026-11-25T21:00:00+08:00", "place": "三叶会客厅", "start": "2026-11-25T19:00:00+08:00", "status": "cancelled", "title": "示例辩论之夜"}',1,1795176000,1795219200);
INSERT INTO "events" VALUES('cttcwf2z53ahto3h','{"end": "2026-11-26T21:00:00+08:00", "place": "三叶会客厅", "start": "2026-11-26T19:00:00+08:00", "status": "confirmed", "title": "储能供应链对接沙龙"}',0,1795176000,1795176000);
INSERT INTO "events" VALUES('gyobztgmnb6ipwvb','{"end": "2026-11-28T17:00:00+08:00", "place": "三叶会客厅", "start": "2026-11-28T14:00:00+08:00", "status": "confirmed", "title": "蛙池桌游下午"}',0,1795176000,1795176000);
INSERT INTO "events" VALUES('fainizd775grd63a','{"end": null, "place": null, "start": "2026-11-29T10:00:00+08:00", "status": "confirmed", "title": "周日读书会"}',0,1795176000,1795176000);
INSERT INTO "events" VALUES('fwe6ee25h5dyojeh','{"end": "2026-11-27T21:00:00+08:00", "place": "三叶会客厅", "start": "2026-11-27T19:00:00+08:00", "status": "confirmed", "title": "储能供应链对接沙龙"}',0,1795219200,1795219200);
INSERT INTO "events" VALUES('2pkjch5lk76jeg37','{"end": "2026-11-28T21:00:00+08:00", "place": "样板路1号", "start": "2026-11-28T19:30:00+08:00", "status": "confirmed", "title": "示例读书会"}',0,1795222800,1795222800);
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
INSERT INTO "facts" VALUES('identity settled for','0.1.0 Asia/Shanghai club gone other own');
INSERT INTO "facts" VALUES('public','["2pkjch5lk76jeg37", "cttcwf2z53ahto3h", "fainizd775grd63a", "fwe6ee25h5dyojeh", "gyobztgmnb6ipwvb", "jcqlsczzyeqbxd4t", "w55syl35oviasj2o"]');
CREATE TABLE feedback (
        event TEXT NOT NULL, kind TEXT NOT NULL, verdict TEXT NOT NULL, at INTEGER NOT NULL, title TEXT NOT NULL,
        features TEXT NOT NULL, PRIMARY KEY (event, kind)
    );
INSERT INTO "feedback" VALUES('w55syl35oviasj2o','attendance','went',1795564800,'样板头马俱乐部例会','[["organiser", "样板头马"], ["word", "头马"], ["word", "例会"], ["word", "俱乐部"]]');
CREATE TABLE keywords (
        list TEXT NOT NULL, word TEXT NOT NULL, weight REAL NOT NULL, since INTEGER NOT NULL, caught INTEGER,
        PRIMARY KEY (list, word)
    );
INSERT INTO "keywords" VALUES('industry','储能',1.0,1795176000,1795176000);
INSERT INTO "keywords" VALUES('practice','头马',1.0,1795176000,1795176000);
INSERT INTO "keywords" VALUES('practice','辩论',1.0,1795176000,1795176000);
INSERT INTO "keywords" VALUES('practice','桌游',1.0,1795176000,1795176000);
CREATE TABLE plans (week TEXT PRIMARY KEY, made INTEGER NOT NULL, body TEXT NOT NULL);
INSERT INTO "plans" VALUES('2026-W48',1795219200,'{"bound": 15.0, "changes": [{"backup": "周日读书会", "backup_start": "2026-11-29T10:00:00+08:00", "title": "示例辩论之夜", "what": "cancelled"}], "dropped": ["jcqlsczzyeqbxd4t"], "notes": ["few_of: industry"], "off": [{"community": null, "id": "jcqlsczzyeqbxd4t", "margin": 2.6, "place": "三叶会客厅", "runner_up": "fainizd775grd63a", "start": "2026-11-25T19:00:00+08:00", "status": "cancelled", "title": "示例辩论之夜", "track": "practice", "url": null, "visit": null}], "picks": [{"community": "样板头马", "id": "w55syl35oviasj2o", "margin": 2.6, "place": "三叶会客厅", "runner_up": "fainizd775grd63a", "start": "2026-11-24T19:30:00+08:00", "status": "confirmed", "title": "样板头马俱乐部例会", "track": "practice", "url": null, "visit": null}, {"community": null, "id": "cttcwf2z53ahto3h", "margin": 5.6, "place": "三叶会客厅", "runner_up": "fainizd775grd63a", "start": "2026-11-26T19:00:00+08:00", "status": "confirmed", "title": "储能供应链对接沙龙", "track": "industry", "url": null, "visit": null}, {"community": null, "id": "gyobztgmnb6ipwvb", "margin": 2.6, "place": "三叶会客厅", "runner_up": "fainizd775grd63a", "start": "2026-11-28T14:00:00+08:00", "status": "confirmed", "title": "蛙池桌游下午", "track": "practice", "url": null, "visit": null}], "status": "optimal", "value": 15.0, "week": "2026-W48"}');
CREATE TABLE records (
        source TEXT NOT NULL, key TEXT NOT NULL, start INTEGER, body TEXT NOT NULL, event TEXT,
        first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL, changed INTEGER NOT NULL,
        missed INTEGER NOT NULL DEFAULT 0, missed_on TEXT, dirty INTEGER NOT NULL DEFAULT 1,
        PRIMARY KEY (source, key)
    );
INSERT INTO "records" VALUES('other','o1',1795690800,'{"uid":"o1","occurrence":null,"source":"other","title":"储能供应链对接沙龙","start":"2026-11-26T19:00:00+08:00","end":"2026-11-26T21:00:00+08:00","all_day":false,"timezone":"Asia/Shanghai","location":{"name":"三叶会客厅","address":null,"district":null,"city":null,"latitude":null,"longitude":null},"mode":"in-person","url":null,"organizer":null,"price":null,"status":"confirmed","recurrence":null,"description":null,"categories":[],"published":null,"sure":"stated","evidence":{"when":"20261126T190000","where":"三叶会客厅","doubts":[]}}','cttcwf2z53ahto3h',1795176000,1795305600,1795176000,0,NULL,0);
INSERT INTO "records" VALUES('other','o2',1795917600,'{"uid":"o2","occurrence":null,"source":"other","title":"周日读书会","start":"2026-11-29T10:00:00+08:00","end":null,"all_day":false,"timezone":"Asia/Shanghai","location":null,"mode":null,"url":null,"organizer":null,"price":null,"status":"confirmed","recurrence":null,"description":null,"categories":[],"published":null,"sure":"stated","evidence":{"when":"20261129T100000","where":null,"doubts":[]}}','fainizd775grd63a',1795176000,1795305600,1795176000,0,NULL,0);
INSERT INTO "records" VALUES('club','speech',1795519800,'{"uid":"speech","occurrence":null,"source":"club","title":"样板头马俱乐部例会","start":"2026-11-24T19:30:00+08:00","end":"2026-11-24T21:30:00+08:00","all_day":false,"timezone":"Asia/Shanghai","location":{"name":"三叶会客厅","address":null,"district":null,"city":null,"latitude":null,"longitude":null},"mode":"in-person","url":null,"organizer":"样板头马","price":null,"status":"confirmed","recurrence":null,"description":null,"categories":[],"published":null,"sure":"stated","evidence":{"when":"20261124T193000","where":"三叶会客厅","doubts":[]}}','w55syl35oviasj2o',1795176000,1795305600,1795176000,0,NULL,0);
INSERT INTO "records" VALUES('club','storage',1795777200,'{"uid":"storage","occurrence":null,"source":"club","title":"储能供应链对接沙龙","start":"2026-11-27T19:00:00+08:00","end":"2026-11-27T21:00:00+08:00","all_day":false,"timezone":"Asia/Shanghai","location":{"name":"三叶会客厅","address":null,"district":null,"city":null,"latitude":null,"longitude":null},"mode":"in-person","url":null,"organizer":null,"price":null,"status":"confirmed","recurrence":null,"description":null,"categories":[],"published":null,"sure":"stated","evidence":{"when":"20261127T190000","where":"三叶会客厅","doubts":[]}}','fwe6ee25h5dyojeh',1795176000,1795305600,1795219200,0,NULL,0);
INSERT INTO "records" VALUES('club','debate',1795604400,'{"uid":"debate","occurrence":null,"source":"club","title":"示例辩论之夜","start":"2026-11-25T19:00:00+08:00","end":"2026-11-25T21:00:00+08:00","all_day":false,"timezone":"Asia/Shanghai","location":{"name":"三叶会客厅","address":null,"district":null,"city":null,"latitude":null,"longitude":null},"mode":"in-person","url":null,"organizer":null,"price":null,"status":"cancelled","recurrence":null,"description":null,"categories":[],"published":null,"sure":"stated","evidence":{"when":"20261125T190000","where":"三叶会客厅","doubts":[]}}','jcqlsczzyeqbxd4t',1795176000,1795305600,1795219200,0,NULL,0);
INSERT INTO "records" VALUES('club','games',1795845600,'{"uid":"games","occurrence":null,"source":"club","title":"蛙池桌游下午","start":"2026-11-28T14:00:00+08:00","end":"2026-11-28T17:00:00+08:00","all_day":false,"timezone":"Asia/Shanghai","location":{"name":"三叶会客厅","address":null,"district":null,"city":null,"latitude":null,"longitude":null},"mode":"in-person","url":null,"organizer":null,"price":null,"status":"confirmed","recurrence":null,"description":null,"categories":[],"published":null,"sure":"stated","evidence":{"when":"20261128T140000","where":"三叶会客厅","doubts":[]}}','gyobztgmnb6ipwvb',1795176000,1795305600,1795176000,0,NULL,0);
INSERT INTO "records" VALUES('own','940518f9f248d888a22261c9',1795865400,'{"uid":"940518f9f248d888a22261c9","occurrence":null,"source":"own","title":"示例读书会","start":"2026-11-28T19:30:00+08:00","end":"2026-11-28T21:00:00+08:00","all_day":false,"timezone":"Asia/Shanghai","location":{"name":null,"address":"样板路1号","district":null,"city":null,"latitude":null,"longitude":null},"mode":"in-person","url":null,"organizer":null,"price":null,"status":"confirmed","recurrence":null,"description":"时间：11月28日 19:30-21:00\n地点：样板路1号","categories":[],"published":"2026-11-21T09:00:00+08:00","sure":"stated","evidence":{"when":"11月28日 19:30-21:00","where":"样板路1号","doubts":[]}}','2pkjch5lk76jeg37',1795222800,1795222800,1795222800,0,NULL,0);
CREATE TABLE runs (at INTEGER NOT NULL, command TEXT NOT NULL, report TEXT NOT NULL);
INSERT INTO "runs" VALUES(1795176000,'week','[{"source": "club", "outcome": "ok", "count": 4, "reason": null, "notes": [], "reader": "ical"}, {"source": "other", "outcome": "ok", "count": 2, "reason": null, "notes": [], "reader": "ical"}, {"source": "gone", "outcome": "failed", "count": 0, "reason": "/home/pond/gone.ics: no such file or directory", "notes": [], "reader": null}]');
CREATE TABLE sources (
        id TEXT PRIMARY KEY, address TEXT NOT NULL, etag TEXT, last_modified TEXT, digest TEXT,
        read_from INTEGER, read_until INTEGER, tried INTEGER NOT NULL, good INTEGER, outcome TEXT NOT NULL,
        reason TEXT, count INTEGER NOT NULL, failures INTEGER NOT NULL, not_before INTEGER,
        notes TEXT NOT NULL, reader TEXT
    );
INSERT INTO "sources" VALUES('gone','ical Asia/Shanghai /home/pond/gone.ics 0.1.0',NULL,NULL,NULL,NULL,NULL,1795305600,NULL,'failed','/home/pond/gone.ics: no such file or directory',0,3,NULL,'[]',NULL);
INSERT INTO "sources" VALUES('other','ical Asia/Shanghai /home/pond/other.ics 0.1.0',NULL,NULL,'dd6a1120633523e8b5fb7ee34500bf521ca07520e3c4681fdbba2fb91239fc7a',1795017600,1805472000,1795305600,1795305600,'ok',NULL,2,0,NULL,'[]','ical');
INSERT INTO "sources" VALUES('club','ical Asia/Shanghai /home/pond/club.ics 0.1.0',NULL,NULL,'c3106f92a7de6975caafbb110d5451f6c6646e27ffbbf5bc1b134986848a5e75',1795104000,1805558400,1795305600,1795305600,'ok',NULL,4,0,NULL,'[]','ical');
CREATE INDEX records_by_start ON records (start);
CREATE INDEX records_by_event ON records (event);
CREATE INDEX records_dirty ON records (dirty) WHERE dirty = 1;
CREATE INDEX changes_by_event ON changes (event, at);
COMMIT;
PRAGMA user_version = 3;
