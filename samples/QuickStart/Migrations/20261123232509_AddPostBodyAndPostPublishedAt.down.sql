-- MigrationsBuild SQL 1
-- Migration: 20261123232509_AddPostBodyAndPostPublishedAt
-- Direction: down
-- Context: QuickStart.BlogContext
-- Generator: EF Core 10.0.14, Microsoft.EntityFrameworkCore.Sqlite 10.0.14
-- Body: 14ebfc026f4b8fa2b123370df5e50fcf4443343c0bbfec53afe39f32fec46f23
-- Source: 36d9448626e9ad863bbc480a51a46049e29e5f14274b484a9dc4851db9a4194b

CREATE TABLE "ef_temp_Posts" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Posts" PRIMARY KEY AUTOINCREMENT,
    "AuthorId" INTEGER NOT NULL,
    "Title" TEXT NOT NULL,
    CONSTRAINT "FK_Posts_Users_AuthorId" FOREIGN KEY ("AuthorId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);

INSERT INTO "ef_temp_Posts" ("Id", "AuthorId", "Title")
SELECT "Id", "AuthorId", "Title"
FROM "Posts";

-- outside a transaction
PRAGMA foreign_keys = 0;

DROP TABLE "Posts";

ALTER TABLE "ef_temp_Posts" RENAME TO "Posts";

-- outside a transaction
PRAGMA foreign_keys = 1;

CREATE INDEX "IX_Posts_AuthorId" ON "Posts" ("AuthorId");
