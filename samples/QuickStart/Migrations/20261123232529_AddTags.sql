-- MigrationsBuild SQL 1
-- Migration: 20261123232529_AddTags
-- Direction: up
-- Context: QuickStart.BlogContext
-- Generator: EF Core 10.0.14, Microsoft.EntityFrameworkCore.Sqlite 10.0.14
-- Body: ccd4866f19fb0d05345770a245297c050082fa3f20a330a9e9d902300f79268c
-- Source: 4dc67ad6326e14f4c4a56e41cf2d7d15ecbe1ffac20c57c4a4006c65497e80d8

CREATE TABLE "Tags" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Tags" PRIMARY KEY AUTOINCREMENT,
    "Name" TEXT NOT NULL
);

CREATE TABLE "PostTag" (
    "PostsId" INTEGER NOT NULL,
    "TagsId" INTEGER NOT NULL,
    CONSTRAINT "PK_PostTag" PRIMARY KEY ("PostsId", "TagsId"),
    CONSTRAINT "FK_PostTag_Posts_PostsId" FOREIGN KEY ("PostsId") REFERENCES "Posts" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_PostTag_Tags_TagsId" FOREIGN KEY ("TagsId") REFERENCES "Tags" ("Id") ON DELETE CASCADE
);

CREATE INDEX "IX_PostTag_TagsId" ON "PostTag" ("TagsId");

CREATE UNIQUE INDEX "IX_Tags_Name" ON "Tags" ("Name");
