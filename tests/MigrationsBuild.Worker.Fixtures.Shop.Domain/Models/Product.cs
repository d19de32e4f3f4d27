using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;

namespace Shop.Domain.Models;

[Index(nameof(Sku), IsUnique = true)]
public class Product : Entity, ISoftDeleted
{
    [MaxLength(20)]
    public string Sku { get; set; } = "";

    [MaxLength(Limits.Name)]
    public string Name { get; set; } = "";

    [Precision(12, 2)]
    public decimal Price { get; set; }

    public int CategoryId { get; set; }

    public Category? Category { get; set; }

    public bool IsDeleted { get; set; }

    public List<Review> Reviews { get; } = [];

    public Dimensions? Dimensions { get; set; }

    public double Rating()
    {
        if (Reviews.Count == 0)
            return 0;
        var sum = 0;
        foreach (var review in Reviews)
            sum += review.Stars;
        return (double)sum / Reviews.Count;
    }

    public bool Matches(string text) =>
        Name.Contains(text, StringComparison.OrdinalIgnoreCase) || Sku.StartsWith(text, StringComparison.Ordinal);
}

public interface ISoftDeleted
{
    bool IsDeleted { get; }
}

[Owned]
public class Dimensions
{
    public double Width { get; set; }

    public double Height { get; set; }

    [Comment("In kilograms")]
    public double? Weight { get; set; }
}

public class Category : Entity
{
    [MaxLength(50)]
    public string Title { get; set; } = "";

    public int? ParentId { get; set; }

    public Category? Parent { get; set; }

    public List<Category> Children { get; } = [];

    public IEnumerable<Category> Ancestors()
    {
        for (var category = Parent; category is not null; category = category.Parent)
            yield return category;
    }
}

public class Review : Entity
{
    public int ProductId { get; set; }

    public int Stars { get; set; }

    public string Text { get; set; } = "";

    public string? Author { get; set; }
}
