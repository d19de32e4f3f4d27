using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

#pragma warning disable CA1814 // Prefer jagged arrays over multidimensional

namespace Shop.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Shop_Categorys",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Title = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false, collation: "NOCASE"),
                    ParentId = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Shop_Categorys", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Shop_Categorys_Shop_Categorys_ParentId",
                        column: x => x.ParentId,
                        principalTable: "Shop_Categorys",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "Shop_Clients",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false, collation: "NOCASE"),
                    Email = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true, collation: "NOCASE"),
                    Street = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false, collation: "NOCASE"),
                    City = table.Column<string>(type: "TEXT", nullable: false, collation: "NOCASE"),
                    Address_Country = table.Column<string>(type: "TEXT", fixedLength: true, maxLength: 2, nullable: false, defaultValue: "CH", collation: "NOCASE"),
                    Tier = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    CreatedBy = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true, comment: "the user who created the row.", collation: "NOCASE")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Customer", x => x.Id);
                    table.CheckConstraint("CK_Tier", "\"Tier\" IN ('Standard', 'Gold', 'Platinum')");
                });

            migrationBuilder.CreateTable(
                name: "TaxShop_TaxRates",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Country = table.Column<string>(type: "TEXT", nullable: false, collation: "NOCASE"),
                    Kind = table.Column<string>(type: "TEXT", nullable: false, collation: "NOCASE"),
                    Percent = table.Column<decimal>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TaxShop_TaxRates", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Shop_Products",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Sku = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false, collation: "NOCASE"),
                    Name = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false, collation: "NOCASE"),
                    Price = table.Column<decimal>(type: "TEXT", precision: 12, scale: 2, nullable: false),
                    CategoryId = table.Column<int>(type: "INTEGER", nullable: false),
                    IsDeleted = table.Column<bool>(type: "INTEGER", nullable: false),
                    Dimensions_Width = table.Column<double>(type: "REAL", nullable: true),
                    Dimensions_Height = table.Column<double>(type: "REAL", nullable: true),
                    Dimensions_Weight = table.Column<double>(type: "REAL", nullable: true, comment: "In kilograms")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Product", x => x.Id);
                    table.CheckConstraint("CK_Price", "\"Price\" >= 0");
                    table.ForeignKey(
                        name: "FK_Shop_Products_Shop_Categorys_CategoryId",
                        column: x => x.CategoryId,
                        principalTable: "Shop_Categorys",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Shop_Orders",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Number = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false, collation: "NOCASE"),
                    PlacedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false, defaultValue: 0, comment: "New orders aren't paid."),
                    CustomerId = table.Column<int>(type: "INTEGER", nullable: false),
                    Shipping = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    CreatedBy = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true, comment: "the user who created the row.", collation: "NOCASE")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PrimaryKey_Order", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Shop_Orders_Shop_Clients_CustomerId",
                        column: x => x.CustomerId,
                        principalTable: "Shop_Clients",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Shop_Ratings",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ProductId = table.Column<int>(type: "INTEGER", nullable: false),
                    Stars = table.Column<int>(type: "INTEGER", nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false, collation: "NOCASE"),
                    Author = table.Column<string>(type: "TEXT", nullable: true, collation: "NOCASE")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Review", x => x.Id);
                    table.CheckConstraint("CK_Stars", "\"Stars\" IN (1, 2, 3, 4, 5)");
                    table.ForeignKey(
                        name: "FK_Shop_Ratings_Shop_Products_ProductId",
                        column: x => x.ProductId,
                        principalTable: "Shop_Products",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Shop_OrderLines",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    OrderId = table.Column<int>(type: "INTEGER", nullable: false),
                    ProductId = table.Column<int>(type: "INTEGER", nullable: false),
                    Quantity = table.Column<int>(type: "INTEGER", nullable: false),
                    UnitPrice = table.Column<decimal>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Shop_OrderLines", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Shop_OrderLines_Shop_Orders_OrderId",
                        column: x => x.OrderId,
                        principalTable: "Shop_Orders",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_Shop_OrderLines_Shop_Products_ProductId",
                        column: x => x.ProductId,
                        principalTable: "Shop_Products",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                table: "Shop_Categorys",
                columns: new[] { "Id", "ParentId", "Title" },
                values: new object[,]
                {
                    { 1, null, "Books" },
                    { 2, null, "Music" }
                });

            migrationBuilder.InsertData(
                table: "TaxShop_TaxRates",
                columns: new[] { "Id", "Country", "Kind", "Percent" },
                values: new object[,]
                {
                    { 1, "CH", "standard", 8.1m },
                    { 2, "CH", "reduced", 2.6m },
                    { 3, "AT", "standard", 20m },
                    { 4, "AT", "reduced", 10m },
                    { 5, "DE", "standard", 19m },
                    { 6, "DE", "reduced", 7m }
                });

            migrationBuilder.InsertData(
                table: "Shop_Categorys",
                columns: new[] { "Id", "ParentId", "Title" },
                values: new object[] { 3, 2, "Vinyl" });

            migrationBuilder.CreateIndex(
                name: "IX_Shop_Categorys_ParentId",
                table: "Shop_Categorys",
                column: "ParentId");

            migrationBuilder.CreateIndex(
                name: "IX_Shop_Clients_Email",
                table: "Shop_Clients",
                column: "Email",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Shop_OrderLines_OrderId",
                table: "Shop_OrderLines",
                column: "OrderId");

            migrationBuilder.CreateIndex(
                name: "IX_Shop_OrderLines_ProductId",
                table: "Shop_OrderLines",
                column: "ProductId");

            migrationBuilder.CreateIndex(
                name: "IX_Shop_Orders_CustomerId",
                table: "Shop_Orders",
                column: "CustomerId");

            migrationBuilder.CreateIndex(
                name: "IX_Shop_Products_CategoryId",
                table: "Shop_Products",
                column: "CategoryId");

            migrationBuilder.CreateIndex(
                name: "IX_Shop_Products_IsDeleted",
                table: "Shop_Products",
                column: "IsDeleted",
                filter: "\"IsDeleted\" = 0");

            migrationBuilder.CreateIndex(
                name: "IX_Shop_Products_Sku",
                table: "Shop_Products",
                column: "Sku",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Shop_Ratings_ProductId",
                table: "Shop_Ratings",
                column: "ProductId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Shop_OrderLines");

            migrationBuilder.DropTable(
                name: "Shop_Ratings");

            migrationBuilder.DropTable(
                name: "TaxShop_TaxRates");

            migrationBuilder.DropTable(
                name: "Shop_Orders");

            migrationBuilder.DropTable(
                name: "Shop_Products");

            migrationBuilder.DropTable(
                name: "Shop_Clients");

            migrationBuilder.DropTable(
                name: "Shop_Categorys");
        }
    }
}
