using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;

namespace Shop.Models;

[Index(nameof(Sku), IsUnique = true)]
public class Product
{
    public int Id { get; set; }

    [MaxLength(20)]
    public required string Sku { get; set; }

    [MaxLength(200)]
    public required string Name { get; set; }

    [MaxLength(500)]
    public string? Summary { get; set; }

    [Precision(10, 2)]
    public decimal Price { get; set; }

    public List<string> Keywords { get; set; } = [];

    public Specification Specification { get; set; } = new();

    public DateTimeOffset? DiscontinuedAt { get; set; }

    public int CategoryId { get; set; }

    public Category Category { get; set; } = null!;

    public int? SupplierId { get; set; }

    public Supplier? Supplier { get; set; }

    public List<Tag> Tags { get; } = [];
}
