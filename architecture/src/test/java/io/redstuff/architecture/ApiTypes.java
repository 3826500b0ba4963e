package io.redstuff.architecture;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.GenericDeclaration;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Types as one writes them, with all of their generics, for {@link ApiText}. */
final class ApiTypes {
  private ApiTypes() {}

  /** Returns the whole name of a type, those of {@code java.lang} without the package. */
  static String name(Type type) {
    return switch (type) {
      case Class<?> array when array.isArray() -> name(array.getComponentType()) + "[]";
      case Class<?> plain -> plain.getCanonicalName().replaceAll("^java\\.lang\\.(?=[A-Z])", "");
      case GenericArrayType array -> name(array.getGenericComponentType()) + "[]";
      case TypeVariable<?> variable -> variable.getName();
      case WildcardType wildcard -> wildcard(wildcard);
      case ParameterizedType generic -> generic(generic);
      default -> throw new IllegalArgumentException("a kind of type that is not known: " + type);
    };
  }

  /** Returns the variables of a type or method in angle brackets, nothing if it has none. */
  static String variables(GenericDeclaration declaration) {
    TypeVariable<?>[] variables = declaration.getTypeParameters();
    return variables.length == 0
        ? ""
        : Arrays.stream(variables)
            .map(variable -> variable.getName() + bounds(" extends ", variable.getBounds()))
            .collect(Collectors.joining(", ", "<", ">"));
  }

  private static String wildcard(WildcardType wildcard) {
    return "?"
        + bounds(" super ", wildcard.getLowerBounds())
        + bounds(" extends ", wildcard.getUpperBounds());
  }

  private static String bounds(String before, Type... bounds) {
    return bounds.length == 0 || (bounds.length == 1 && bounds[0] == Object.class)
        ? ""
        : Arrays.stream(bounds).map(ApiTypes::name).collect(Collectors.joining(" & ", before, ""));
  }

  private static String generic(ParameterizedType generic) {
    Class<?> raw = (Class<?>) generic.getRawType();
    String name =
        generic.getOwnerType() instanceof ParameterizedType outer
            ? name(outer) + "." + raw.getSimpleName()
            : name(raw);
    return Arrays.stream(generic.getActualTypeArguments())
        .map(ApiTypes::name)
        .collect(Collectors.joining(", ", name + "<", ">"));
  }
}
