-- MigrationsBuild SQL 1
-- Migration: 20261123232529_AddTags
-- Direction: down
-- Context: QuickStart.BlogContext
-- Generator: EF Core 10.0.14, Microsoft.EntityFrameworkCore.Sqlite 10.0.14
-- Body: daccb16b226434049a05072bfbc767d6e3d4ff1ca51f480323db022a8dd3d3a4
-- Source: 4dc67ad6326e14f4c4a56e41cf2d7d15ecbe1ffac20c57c4a4006c65497e80d8

DROP TABLE "PostTag";

DROP TABLE "Tags";
