# Parquet files are read where CMake finds Apache Arrow's C++ library (26.0 was tested); without it, mlp says so when it
# meets one. -DCMAKE_DISABLE_FIND_PACKAGE_Arrow=ON leaves it out.
find_package(Arrow QUIET)
find_package(Parquet QUIET)
if(TARGET Arrow::arrow_shared AND TARGET Parquet::parquet_shared)
  message(STATUS "Parquet: read with Apache Arrow ${Arrow_VERSION}")
  target_sources(mlp_parquet PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/parquet/with_arrow/open_file.cpp
                                     ${CMAKE_CURRENT_SOURCE_DIR}/parquet/with_arrow/values.cpp)
  target_link_libraries(mlp_parquet PRIVATE Parquet::parquet_shared Arrow::arrow_shared)
else()
  message(STATUS "Parquet: not read, Apache Arrow was not found")
  target_sources(mlp_parquet PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/parquet/without_arrow/open_file.cpp)
endif()
