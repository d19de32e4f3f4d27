-- MigrationsBuild SQL 1
-- Migration: 20261122111003_InitialCreate
-- Direction: down
-- Context: QuickStart.BlogContext
-- Generator: EF Core 10.0.14, Microsoft.EntityFrameworkCore.Sqlite 10.0.14
-- Body: db978886576cd5b8192804d89dc241559c28aecc775f118422ec5590c4864b1c
-- Source: 1b8f15a470f76eb021ac38ec41222ea9002046f3f588295ae45bdca72adb3738

DROP TABLE "Posts";

DROP TABLE "Users";
