namespace ModelGen.Generator.Frontend.Ir;

/// <summary>What an <see cref="IrNode"/> says: the part of C# that a declaration may use.</summary>
internal enum IrKind
{
    // Expressions.

    /// <summary>Text: a tag and the value (<see cref="IrConstant"/>).</summary>
    Constant,

    /// <summary>Text: the name of a local variable, a local function or a parameter of the method.</summary>
    Variable,

    /// <summary>Text: the name of a local variable that is declared here, as the target of an assignment.</summary>
    NewVariable,

    /// <summary>Text: the name of a primary-constructor parameter.</summary>
    ConstructorParameter,

    /// <summary>The module itself.</summary>
    This,

    /// <summary>Text: a field or automatic property; child: the module that has it.</summary>
    Member,

    /// <summary>Text: the id of a static field.</summary>
    Static,

    /// <summary>Text: a property of a value of the language (Shape, Length, Height …); child: the value.</summary>
    Property,

    /// <summary>Children: the elements.</summary>
    Tuple,

    /// <summary>Children: the elements, <see cref="Spread"/> among them.</summary>
    Array,

    /// <summary>Child: a sequence whose elements stand here.</summary>
    Spread,

    /// <summary>Text: the element type; child: the length.</summary>
    NewArray,

    /// <summary>Text: the number, from 0; child: the tuple.</summary>
    Item,

    /// <summary>Children: the sequence and the index.</summary>
    Index,

    /// <summary>An index counted from the end. Child: the distance.</summary>
    FromEnd,

    /// <summary>Children: start and end, constants null where open.</summary>
    Range,

    /// <summary>Text: the operator (+ - * / % &lt; == …); children: the operands.</summary>
    Binary,

    /// <summary>Operators of which each has the result of the one before on its left: a + b - c. Children: the first operand, then an <see cref="Operand"/> for
    /// each operator.</summary>
    Chain,

    /// <summary>Text: the operator; child: what stands on its right.</summary>
    Operand,

    /// <summary>Children: the operands, each evaluated only where those before are true.</summary>
    And,

    /// <summary>Children: the operands, each evaluated only where those before are false.</summary>
    Or,

    /// <summary>Text: the operator; child: the operand.</summary>
    Unary,

    /// <summary>Text: the target (int, float, size …); child: the value.</summary>
    Convert,

    /// <summary>Children: condition, then, else.</summary>
    Conditional,

    /// <summary>Children: value, what stands in for null.</summary>
    Coalesce,

    /// <summary>Children: a value, and what is computed from <see cref="Receiver"/> unless it is null.</summary>
    ConditionalAccess,

    /// <summary>The value of the innermost <see cref="ConditionalAccess"/>.</summary>
    Receiver,

    /// <summary>Children: the value and arms (<see cref="Case"/>).</summary>
    SwitchExpression,

    /// <summary>Children: pattern, guard (constant true where none), result or block.</summary>
    Case,

    /// <summary>Children: value, pattern.</summary>
    Is,

    /// <summary>Children: target, value.</summary>
    Assign,

    /// <summary>Text: +1 or -1; child: the target. The value is the new one.</summary>
    PreIncrement,

    /// <summary>Text: +1 or -1; child: the target. The value is the old one.</summary>
    PostIncrement,

    /// <summary>Text: the parameters, by comma; child: the body, a block.</summary>
    Lambda,

    /// <summary>Text: the id of a method; child: the module, for a method of an instance.</summary>
    MethodGroup,

    /// <summary>Text: the name of a function or factory of Nn; children: arguments.</summary>
    Op,

    /// <summary>Text: the name of a pure function of the base library; children: the values.</summary>
    Pure,

    /// <summary>Children: a layer or function value, then arguments.</summary>
    Invoke,

    /// <summary>Text: the id of a static method; children: arguments.</summary>
    CallStatic,

    /// <summary>Text: the signature of an instance method; children: the module, then arguments.</summary>
    Call,

    /// <summary>Text: the id of a module; children: arguments.</summary>
    New,

    /// <summary>Text: the parameter's name; child: the value.</summary>
    Argument,

    /// <summary>Text: the parameter's name; child: what is assigned when the call returns.</summary>
    OutArgument,

    /// <summary>A new collection. Text: List, HashSet or Dictionary; children: the elements, <see cref="Spread"/> among them; of a dictionary tuples.</summary>
    Collection,

    /// <summary>A new record. Text: the type, a colon and the names by comma; children: their values.</summary>
    Record,

    /// <summary>A copy of a record. Text: the names by comma; children: the record and their values.</summary>
    With,

    /// <summary>Text: the name of a method of a collection or text; children: what it is called on, then its arguments.</summary>
    CallValue,

    /// <summary>Text: the format of a hole of an interpolated string, or empty; child: its value.</summary>
    Hole,

    /// <summary>An interpolated string. Children: constants and holes.</summary>
    Interpolation,

    /// <summary>Text: the exception; child: the message.</summary>
    Throw,

    /// <summary>The target of an assignment that is not kept.</summary>
    Discard,

    /// <summary>Text: what it is. C# that has no meaning at compile time.</summary>
    Unsupported,

    // Patterns.

    /// <summary>Child: the constant.</summary>
    ConstantPattern,

    /// <summary>Text: the operator; child: the constant.</summary>
    RelationalPattern,

    NotPattern,

    /// <summary>Children: the patterns, all of which match.</summary>
    AndPattern,

    /// <summary>Children: the patterns, one of which matches.</summary>
    OrPattern,

    /// <summary>Text: the variable it declares, or empty. Matches everything but null.</summary>
    NotNullPattern,

    /// <summary>Text: the variable it declares, or empty. Matches everything.</summary>
    AnyPattern,

    /// <summary>Children: a pattern for each element of a tuple.</summary>
    TuplePattern,

    /// <summary>Text: a property; child: its pattern.</summary>
    PropertyPattern,

    // Statements.

    /// <summary>Children: statements, in a scope of their own.</summary>
    Block,

    /// <summary>Children: statements of the surrounding scope.</summary>
    Sequence,

    /// <summary>Text: the variable; child: its value.</summary>
    Declare,

    /// <summary>Text: the name; child: the lambda.</summary>
    LocalFunction,

    /// <summary>Child: the expression.</summary>
    Evaluate,

    /// <summary>Child: the value, or none.</summary>
    Return,

    /// <summary>Children: condition, then, and else where there is one.</summary>
    If,

    /// <summary>Children: before, condition, at the end of each round, body.</summary>
    For,

    /// <summary>Children: target of the element (NewVariable or Tuple), sequence, body.</summary>
    ForEach,

    /// <summary>Children: condition, body.</summary>
    While,

    /// <summary>Children: condition, body.</summary>
    DoWhile,

    /// <summary>Children: the value and sections (<see cref="Case"/>).</summary>
    Switch,

    Break,
    Continue,
}
