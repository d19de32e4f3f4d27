-- MigrationsBuild SQL 1
-- Migration: 20261122111003_InitialCreate
-- Direction: up
-- Context: QuickStart.BlogContext
-- Provider: Microsoft.EntityFrameworkCore.Sqlite
-- Body: 8b8dccf69709448e567cb6b2e9142ef2124c3d3686729805bf65df14a2abfdfb
-- Source: 448d4b02cbdc82a014778b6d405a45b015d40be77a65f1482b834c7ff28e4687

CREATE TABLE "Users" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Users" PRIMARY KEY AUTOINCREMENT,
    "Name" TEXT NOT NULL
);

CREATE TABLE "Posts" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Posts" PRIMARY KEY AUTOINCREMENT,
    "Title" TEXT NOT NULL,
    "AuthorId" INTEGER NOT NULL,
    CONSTRAINT "FK_Posts_Users_AuthorId" FOREIGN KEY ("AuthorId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);

CREATE INDEX "IX_Posts_AuthorId" ON "Posts" ("AuthorId");
