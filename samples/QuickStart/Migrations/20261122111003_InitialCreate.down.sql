-- MigrationsBuild SQL 1
-- Migration: 20261122111003_InitialCreate
-- Direction: down
-- Context: QuickStart.BlogContext
-- Provider: Microsoft.EntityFrameworkCore.Sqlite
-- Body: db978886576cd5b8192804d89dc241559c28aecc775f118422ec5590c4864b1c
-- Source: 448d4b02cbdc82a014778b6d405a45b015d40be77a65f1482b834c7ff28e4687

DROP TABLE "Posts";

DROP TABLE "Users";
